#!/bin/bash
# Runs in the camera lab's guest: reads its cameras with LabOrders (class path in $CLASSPATH), one scene after the other.
# Each scene begins with a line "== NAME"; what the program says follows.
set -u
log=/run/scene orders=/run/orders
mkfifo $orders; exec 3<>$orders
java -XX:TieredStopAtLevel=1 -Xshare:auto -Dorg.slf4j.simpleLogger.logFile=System.out \
  io.github.berrymse.source.v4l2.LabOrders <$orders >>$log 2>&1 &
program=$!
scene() { echo "== $*"; echo "scene $* begins after $SECONDS s" >&2; : > $log; }
# begin ORDER...: goes on at once; said and finish wait. order ORDER...: until it is done.
begin() { (IFS=$'\t'; echo "$*") >&3; }
finish() { said '^done$' "${1:-1}"; grep -v '^done$' $log; }
order() { begin "$@"; finish; }
# said WORDS [COUNT]: until the program has said so (that often)
said() {
  local end=$((SECONDS + 180))
  until [ "$(grep -c -- "$1" $log)" -ge "${2:-1}" ]; do
    [ $SECONDS -lt $end ] && kill -0 $program 2>/dev/null || { echo "never said: $1"; return 1; }
    sleep 0.1
  done
}
# told: what picam was told at first and at last while it streamed for the first time
told() {
  awk '
    first && !index($0, width) { exit }
    /"streaming": "1"/ { last = $0; if (!first) { first = $0; match($0, /"width": "[0-9]+"/); width = substr($0, RSTART, RLENGTH) } }
    /"streaming": "0"/ && first { exit }
    END { print "at first it was told: " first; print "at last it was told: " last }' /run/camera-lab/picam.log
}
picam() { camera start picam "$@" >/dev/null; }

scene absent
order read auto 1280 720 1500000 0 0 1 1

picam pi-720p30 vga-30
scene picam
order read auto 1280 720 1500000 90 15 90 1 \
  interval=30 profile=main brightness=60 horizontal_flip=true 'power_line_frequency=60 Hz' contrast=101 zoom_absolute=3 \
  -- rotation=180 rate=10 profile=high bitrate=810000 interval=15 brightness=70 \
  -- rotation=180 rate=10 profile=high bitrate=100000 brightness=80 width=640 height=480
told

scene other size and rate
order read /dev/video0 640 480 -1 -1 10 30 1 h264_level=2

scene busy
v4l2-ctl -d /dev/video0 --set-fmt-video=width=640,height=480,pixelformat=H264 --stream-mmap --stream-count=0 >/dev/null 2>&1 &
holder=$!
timeout 60 bash -c "until tail -1 /run/camera-lab/picam.log | grep -q 'streaming\": \"1\".*640'; do sleep 0.1; done"
begin read /dev/video0 1280 720 1500000 0 0 30 1; said 'failed:'; kill $holder; wait $holder; finish
echo "holder was $holder"

scene freeze and thaw
begin read /dev/video0 1280 720 1500000 0 0 30 2; said playing; camera freeze picam; said silent; camera thaw picam; finish

scene stop and start
begin read /dev/video0 1280 720 1500000 0 0 30 2; said playing
camera stop picam 2>/dev/null; said stalled
timeout 60 bash -c 'until modprobe -r picam 2>/dev/null; do :; done'
said 'is not there'; picam --force-key-frame --stiff pi-720p30-idr300; finish

scene stiff
order read /dev/video0 1280 720 1500000 0 15 90 1 sharpness=10 -- sharpness=20 -- sharpness=20 rate=30
grep key_frame\" /run/camera-lab/picam.log
camera stop picam

scene legacy
camera start legacy --fps 10 >/dev/null
order read auto 1280 720 1500000 90 10 40 1 interval=30 profile=main brightness=60 \
  -- bitrate=800000 interval=15 profile=main brightness=60 rate=15
camera stop legacy

scene nobody feeds
camera start legacy none >/dev/null
order read auto 1280 720 1500000 0 0 1 1
camera stop legacy

scene vivid
camera start vivid >/dev/null
order read /dev/video10 1280 720 1500000 0 0 0 1

scene controls
begin set /dev/video10 brightness=200 integer_32_bits=-5 boolean=no 'menu=menu item 4' bitmask=0x80000010 button=true \
  integer_menu=13 integer_64_bits=-9223372036854775807 string=Pi4 \
  contrast=256 menu_of_nothing=1 read_only_integer_32_bits=1 u32_1_element_array=24 area=1000x2000
begin set /dev/video10 integer_32_bits=2147483648 integer_64_bits=9223372036854775808 string=Pi400 \
  'menu=menu item 2' bitmask=3
finish 2
v4l2-ctl -d /dev/video10 -C brightness,contrast,integer_32_bits,boolean,menu,bitmask,integer_menu,integer_64_bits,string
camera stop vivid

scene unplugged
camera start uvc pi-720p30 mj-720p30 >/dev/null
device=$(camera device uvc)
begin read "$device" 1280 720 1500000 0 30 30 2 exposure_time_absolute=100 'auto_exposure=Manual Mode'; said playing
camera unplug uvc >/dev/null; said 'is not there'; camera plug uvc >/dev/null; finish
v4l2-ctl -d "$(camera device uvc)" -C auto_exposure,exposure_time_absolute
