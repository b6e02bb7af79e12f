#!/usr/bin/python3
"""Checks what the emulated UVC camera can do, through the kernel's driver: a line for each ability. (Part of camera-lab/check.)

  check_uvc.py [native] [muxed] [others]
"""
import errno
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import h264
import h264_slices
import udev_links
import uvcx
import v4l2

LOG = "/run/camera-lab/uvc.log"
UNIT = 3


def camera(*words):
    return subprocess.run(["camera", *words], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def check(name, good, *seen):
    print(f"{'ok     ' if good else 'FAILED '} {name}" + ("" if good else f": {seen}"), flush=True)


def log(since=0):
    with open(LOG) as f:
        return [json.loads(line) for line in f.readlines()[since:]]


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def error_of(call, *args):
    """The errno's name of a call that is to fail."""
    try:
        call(*args)
    except OSError as e:
        return errno.errorcode[e.errno]
    return "no error"


def config(**values):
    names = uvcx.CONFIG[1].split()
    usual = dict(dwFrameInterval=333333, dwBitRate=800_000, wWidth=640, wHeight=480, wProfile=0x4240, wIFramePeriod=2000, bUsageType=1,
                 bRateControlMode=1)
    return uvcx.packed(uvcx.PROBE, {**dict.fromkeys(names, 0), **usual, **values})


class Reader:
    """A program that uses the camera."""

    def __init__(self, path=None):
        self.path = path or camera("device", "uvc")
        self.dev = v4l2.Device(self.path)

    def set(self, selector, data):
        self.dev.xu(UNIT, selector, uvcx.SET_CUR, data)

    def cur(self, selector):
        size, = self.dev.xu(UNIT, selector, uvcx.GET_LEN, bytes(2))[:1]
        return uvcx.fields(selector, self.dev.xu(UNIT, selector, uvcx.GET_CUR, bytes(size)))

    def commit(self, **values):
        self.set(uvcx.PROBE, config(**values))
        self.set(uvcx.COMMIT, self.dev.xu(UNIT, uvcx.PROBE, uvcx.GET_CUR, bytes(46)))

    def start(self, fourcc="H264", size=(640, 480)):
        self.dev.set_format(fourcc, size)
        self.dev.stream_on()
        return self

    def frames(self, count):
        return [self.dev.dequeue(20)[4] for _ in range(count)]

    def frame_with(self, types):
        """Whether a frame of exactly these NAL unit types comes soon."""
        return any(set(h264.nal_types(frame)) - {6} == types for frame in self.frames(60))

    def formats(self):
        formats = self.dev.enum("ENUM_FMT", v4l2.ENUM_FMT, 64, bytes([v4l2.CAPTURE, 0, 0, 0]))
        return [bytes(f[44:48]).decode() for f in formats]

    def close(self):
        os.close(self.dev.fd)


def check_configuration(r):
    r.set(uvcx.PROBE, config(dwBitRate=99_000_000, wIFramePeriod=10, wProfile=0x4D40, wWidth=1000, wHeight=700, dwFrameInterval=1000))
    seen = r.cur(uvcx.PROBE)
    wanted = {"dwBitRate": 12_000_000, "wIFramePeriod": 1000, "wProfile": 0x4D00, "wWidth": 1280, "wHeight": 720, "dwFrameInterval": 333333}
    check("the extension unit clamps what is beyond it", seen.items() >= wanted.items(), seen)
    check("... and logs what applies", log()[-1]["applied"].items() >= wanted.items(), log()[-1])
    nonsense = [(uvcx.PROBE, config(wWidth=0)), (uvcx.PROBE, config(bRateControlMode=9)), (uvcx.PICTURE_TYPE, b"\0\0\5\0")]
    errors = [error_of(r.set, *n) for n in nonsense]
    check("it refuses what makes no sense", errors == ["ERANGE"] * 3 and r.cur(uvcx.PROBE) == seen, errors)
    camera("tell", "uvc", "refuse", "0x0e")
    layers = uvcx.packed(uvcx.BIT_RATE, dict(layer=0, peak=300_000, average=300_000))
    error = error_of(r.set, uvcx.BIT_RATE, layers)
    camera("tell", "uvc", "accept")
    r.set(uvcx.BIT_RATE, layers)
    check("a refusal of one selector to order", error == "EBUSY", error)


def check_stream(r):
    r.commit(dwBitRate=250_000, dwFrameInterval=666666)
    r.start()
    low = r.frames(30)
    check("COMMIT decides bit rate and frame interval", log()[-1].get("h264", {}).items() >= {"fps": 15.0, "bit_rate": 250_000}.items()
          and sum(map(len, low)) * 8 // 2 < 350_000, log()[-1], sum(map(len, low)))
    refused = error_of(r.set, uvcx.COMMIT, config())
    check("no COMMIT while it streams", refused == "EILSEQ" and log()[-1] == {**log()[-1], "event": "refused", "error": 2}, refused)
    r.dev.stream_off()
    check("a configuration is for one stream", r.cur(uvcx.COMMIT)["dwFrameInterval"] == 333333)
    r.commit(wIFramePeriod=1000)
    r.start()
    keys = [f[3] for f in (r.dev.dequeue(20) for _ in range(75)) if h264.is_idr(f[4])]      # by the driver's count: a slow guest loses frames
    apart = {b - a for a, b in zip(keys, keys[1:])}
    check("the I-frame period decides the spacing of IDR pictures", apart and max(apart) <= 30 and min(apart) > 20, keys)
    before = sum(map(len, r.frames(30)))
    r.set(uvcx.BIT_RATE, uvcx.packed(uvcx.BIT_RATE, dict(layer=0, peak=99_000_000, average=2_000_000)))
    r.set(uvcx.PICTURE_TYPE, b"\0\0\2\0")
    r.frames(10)
    after = sum(map(len, r.frames(30)))
    check("the bit rate changes while it streams", after > 1.7 * before and r.cur(uvcx.BIT_RATE)["dwPeakBitrate"] == 12_000_000, before, after)
    for picture_type, types in ((1, {5}), (2, {5, 7, 8})):
        r.set(uvcx.PICTURE_TYPE, bytes([0, 0, picture_type, 0]))
        check(f"picture type {picture_type} gives an IDR picture {'with' if 7 in types else 'without'} SPS and PPS", r.frame_with(types))
    r.set(uvcx.PICTURE_TYPE, bytes(4))
    kinds = [slice_type(f) for f in r.frames(30)]
    check("picture type 0 gives a plain I picture", (1, 7) in kinds or (1, 2) in kinds, kinds)
    r.dev.stream_off()


def slice_type(frame):
    """nal_unit_type and slice_type of the first slice."""
    payload = next(p for _, p, _ in h264.nal_units(frame) if frame[p] & 31 in (1, 5))
    bits = h264_slices.Bits(frame[payload + 1:payload + 12])
    bits.ue()
    return frame[payload] & 31, bits.ue()


def check_moments(r):
    """Unplugged at each moment; back in another port each time."""
    for port, moment in enumerate(("open", "format", "probe", "commit", "xu", "streamon", "dqbuf"), 1):
        camera("tell", "uvc", "unplug-at", moment)
        steps = {"open": lambda: r.close() or setattr(r, "dev", v4l2.Device(r.path)),
                 "format": lambda: r.dev.set_format("MJPG", (1280, 720)), "probe": lambda: r.set(uvcx.PROBE, config()),
                 "commit": lambda: r.set(uvcx.COMMIT, config()), "xu": lambda: r.cur(uvcx.BIT_RATE),
                 "streamon": lambda: r.start(), "dqbuf": lambda: r.frames(90)}
        if moment == "dqbuf":
            r.start()
        error = error_of(steps[moment])
        gone = until(lambda: not os.path.exists(r.path))
        done = [e for e in log() if e["event"] == "pulled_out"][-1]["moment"]
        # The driver's word for a first request to a selector that fails, whatever the reason, is ENOENT.
        ends = ("ENOENT",) if moment in ("probe", "commit", "xu") else ("no error", "ENODEV") if moment == "open" else ("ENODEV", "EPROTO", "EIO")
        check(f"unplugged at {moment}", gone and done == moment and error in ends, gone, done, error)
        r.close()
        camera("plug", "uvc", "--port", str(port))
        r.__init__()
    plugged = [e["port"] for e in log() if e["event"] == "plugged"]
    check("plugged into other ports", plugged == list(range(8)), plugged)


def check_number(r):
    link = f"{udev_links.FOLDER}/usb-Camera_Lab_Camera_Lab_UVC_H.264_LAB0001-video-index0"
    check("a link by id", os.path.realpath(link) == r.path, os.listdir(udev_links.FOLDER))
    r.close()
    camera("unplug", "uvc", "--hold")
    check("... goes with the camera", until(lambda: not os.path.exists("/dev/v4l")))
    camera("plug", "uvc")
    device = camera("device", "uvc")
    check("... and comes with it, under another number", device != r.path and until(lambda: os.path.realpath(link) == device), device)


def check_muxed():
    streams = ("vga-30.mjpg", "vga-30", "idr-huge-720p30")
    camera("start", "uvc", "--muxed", "--mux-first", *streams)
    r = Reader()
    check("a camera that muxes has no H.264 format", r.formats() == ["MJPG"], r.formats())
    r.start("MJPG")
    check("its JPEGs are plain", not any(map(h264.of_jpeg, r.frames(10))))
    r.dev.stream_off()
    muxed = dict(wWidth=1280, wHeight=720, dwFrameInterval=666666, bStreamMuxOption=3)
    r.commit(**muxed)
    r.dev.stream_on()
    check("... and if the extension unit is asked for H.264 in them after the format was set", not any(map(h264.of_jpeg, r.frames(10))))
    r.dev.stream_off()
    r.commit(**muxed)
    r.start("MJPG")
    jpegs = r.frames(62)
    units = [h264.of_jpeg(j) for j in jpegs]
    held = [u for u in units if u]
    check("... with H.264 in them if it was asked before", 30 <= len(held) <= 32 and all(v4l2.is_whole(b"H264", u) for u in held)
          and h264.jpeg_size(jpegs[0]) == (640, 480) and h264.sps_size(held[0]) == (1280, 720), len(held))
    check("... of more than 64 KiB", max(map(len, held)) > 1_000_000, max(map(len, held)))
    r.close()
    camera("stop", "uvc")


def check_others():
    for option, formats in (("--mjpeg-only", ["MJPG"]), ("--yuyv-only", ["YUYV"]), ("--no-xu", ["MJPG", "H264"])):
        camera("start", "uvc", option, "vga-30.mjpg", "vga-30")
        r = Reader()
        error = error_of(r.cur, uvcx.PROBE)
        good = r.start(formats[-1]).frames(5)
        check(f"{option[2:]}: {' and '.join(formats)}, no extension unit", r.formats() == formats and error == "ENOENT" and all(good), error)
        r.close()
        camera("stop", "uvc")


def check_native():
    camera("start", "uvc")
    r = Reader()
    check_configuration(r)
    check_stream(r)
    check_moments(r)
    check_number(r)
    camera("stop", "uvc")


def main():
    parts = {"native": check_native, "muxed": check_muxed, "others": check_others}
    for part in sys.argv[1:] or parts:
        parts[part]()
    print("done")


if __name__ == "__main__":
    main()
