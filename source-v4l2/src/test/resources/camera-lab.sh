#!/bin/bash
# Runs in the camera lab's guest: reads its cameras with ReadCamera (class path in $CLASSPATH), one scene after the other.
# Each scene begins with a line "== NAME"; what the program says follows.
set -u
log=/tmp/scene
scene() { echo "== $*"; echo "scene $* begins after $SECONDS s" >&2; : > $log; }
reader() { java -XX:TieredStopAtLevel=1 -Xshare:auto -Dorg.slf4j.simpleLogger.logFile=System.out io.github.berrymse.source.v4l2.ReadCamera "$@" >> $log 2>&1; }
# said WORDS [COUNT]: until the program has said so (that often)
said() {
  local end=$((SECONDS + 60))
  until [ "$(grep -c -- "$1" $log)" -ge "${2:-1}" ]; do [ $SECONDS -ge $end ] && { echo "never said: $1"; return 1; }; sleep 0.2; done
}
tell() { cat $log; }

scene absent
reader auto 1280 720 1500000 0 0 1 1; tell

camera start picam >/dev/null
scene picam
reader auto 1280 720 1500000 90 15 300 1 \
  interval=30 profile=main brightness=60 horizontal_flip=true 'power_line_frequency=60 Hz' contrast=101 zoom_absolute=3 \
  -- rotation=180 profile=high bitrate=810000 interval=15 brightness=70 \
  -- rotation=180 profile=high width=640 bitrate=100000 brightness=80
tell
grep '"streaming": "1"' /run/camera-lab/picam.log | sed -n '1s/^/at first it was told: /p; $s/^/at last it was told: /p'

scene other size and rate
reader /dev/video0 640 480 -1 -1 10 30 1 h264_level=2; tell

scene busy
v4l2-ctl -d /dev/video0 --set-fmt-video=width=640,height=480,pixelformat=H264 --stream-mmap --stream-count=0 >/dev/null 2>&1 &
holder=$!; sleep 2
reader /dev/video0 1280 720 1500000 0 0 30 1 & said 'failed:'; kill $holder; wait; tell
echo "holder was $holder"

scene freeze and thaw
reader /dev/video0 1280 720 1500000 0 0 60 2 & said playing; camera freeze picam; said silent; camera thaw picam; wait; tell

scene stop and start
reader /dev/video0 1280 720 1500000 0 0 60 2 & said playing
camera stop picam 2>/dev/null; said stalled
until modprobe -r picam 2>/dev/null; do sleep 0.05; done
said 'is not there'; camera start picam >/dev/null; wait; tell
camera stop picam

scene legacy
camera start legacy --fps 15 >/dev/null
reader auto 1280 720 1500000 90 10 300 1 interval=30 profile=main brightness=60 \
  -- bitrate=800000 interval=15 profile=main brightness=60
tell
camera stop legacy

scene nobody feeds
camera start legacy none >/dev/null
reader auto 1280 720 1500000 0 0 1 1; tell
camera stop legacy

scene vivid
camera start vivid >/dev/null
reader /dev/video10 1280 720 1500000 0 0 1 1 & said failed:; tell
kill $(pgrep -f ReadCamera); wait

scene controls
setter() { java -XX:TieredStopAtLevel=1 -Xshare:auto io.github.berrymse.source.v4l2.SetControls /dev/video10 "$@"; }
setter brightness=200 integer_32_bits=-5 boolean=no 'menu=menu item 4' bitmask=0x80000010 button=true integer_menu=13 \
  integer_64_bits=-9223372036854775807 string=Pi4 \
  contrast=256 menu_of_nothing=1 read_only_integer_32_bits=1 u32_1_element_array=24 area=1000x2000
v4l2-ctl -d /dev/video10 -C brightness,contrast,integer_32_bits,boolean,menu,bitmask,integer_menu,integer_64_bits,string
setter integer_32_bits=2147483648 integer_64_bits=9223372036854775808 string=Pi400 'menu=menu item 2' bitmask=3
v4l2-ctl -d /dev/video10 -C integer_64_bits,string
camera stop vivid

scene unplugged
camera start uvc >/dev/null
device=$(camera device uvc)
reader "$device" 1280 720 1500000 0 30 60 2 exposure_time_absolute=100 'auto_exposure=Manual Mode' & said playing; sleep 1; camera unplug uvc >/dev/null; said 'is not there'; camera plug uvc >/dev/null; wait; tell
v4l2-ctl -d "$(camera device uvc)" -C auto_exposure,exposure_time_absolute
