"""What an emulated UVC camera streams: files of H.264, JPEGs or raw pictures; H.264 that follows the camera's settings, and
H.264 inside JPEGs."""
import os
import struct

import h264
import h264_slices

FIRST_PART, PART = 65535 - 2 - 22 - 4, 65535 - 2


class Mode:
    """A frame size that the camera offers in one format ('h264', 'mjpeg' or 'yuyv'), and what it shows there: of H.264
    one or more encodings of the same pictures."""

    def __init__(self, kind, size, encodings):
        self.kind, self.size, self.encodings = kind, size, encodings
        self.largest = max(len(u) for e in encodings for u in e.units)
        self.frame_size = max(2 * size[0] * size[1], self.largest + 64)          # dwMaxVideoFrameSize


class Encoding:
    """The access units of a file, at 30 a second: bit rate and I-frame period are what the file has."""

    def __init__(self, name, units, kind):
        self.name, self.units = name, units
        self.bit_rate = sum(map(len, units)) * 8 * 30 // len(units)
        self.idr = [kind == "h264" and h264.is_idr(u) for u in units]
        self.period_ms = len(units) * 1000 // 30 // max(1, sum(self.idr))


def load(files):
    """The modes that these files make, those of one format together, in the order of the files."""
    modes = {}
    for file in files:
        kind, size, units = h264.load(file)
        modes.setdefault((kind, size), []).append(Encoding(os.path.basename(file).rsplit(".", 1)[0], units, kind))
    return [Mode(kind, size, encodings) for (kind, size), encodings in modes.items()]


def raw(size):
    """A few grey YUYV pictures that move."""
    row = bytes(b for x in range(0, 2 * size[0]) for b in (x & 0xFF, 0x80))
    return Mode("yuyv", size, [Encoding("yuyv", [row[4 * i:4 * i + 2 * size[0]] * size[1] for i in range(0, 60, 4)], "yuyv")])


class Encoder:
    """Plays a mode as an encoder would that has these settings: of the encodings the one with the highest bit rate that
    is not above what was asked for, and of those alike in that the one with the longest I-frame period not above it. It
    goes over to another where that has an IDR picture."""

    def __init__(self, mode, log):
        self.mode, self.log = mode, log
        self.current, self.target, self.wanted = None, None, None
        self.at = self.shift = 0
        self.rewriter = None

    def configure(self, bit_rate, period_ms):
        able = sorted(self.mode.encodings, key=lambda e: e.bit_rate)
        rate = max((e.bit_rate for e in able if e.bit_rate <= 1.1 * bit_rate), default=able[0].bit_rate)
        alike = sorted((e for e in able if 0.85 * rate <= e.bit_rate <= 1.15 * rate), key=lambda e: e.period_ms)
        self.target = next((e for e in reversed(alike) if e.period_ms <= period_ms), alike[0])
        if self.current is None:
            self.current, self.at = self.target, max(0, self.target.idr.index(True) if any(self.target.idr) else 0)
            self.tell()

    def tell(self):
        e = self.current
        self.log("encoding", name=e.name, bit_rate=e.bit_rate, iframe_period=e.period_ms, unit=self.at)

    def ask(self, picture_type):
        """The next picture is I (0), IDR (1), or IDR with SPS and PPS (2)."""
        self.wanted = picture_type

    def next(self):
        wanted, self.wanted = self.wanted, None
        if wanted is not None:
            return self.jump(wanted)
        if self.target is not self.current and self.target.idr[self.at % len(self.target.idr)]:
            self.switch()
        return self.take(self.current.idr[self.at])

    def switch(self):
        self.current = self.target
        self.at %= len(self.current.units)
        self.tell()

    def jump(self, picture_type):
        if picture_type and self.target is not self.current:
            self.switch()
        count = len(self.current.units)
        step = next((s for s in range(count) if self.current.idr[(self.at + s) % count]), None)
        if step is None:
            self.log("key_frame_impossible", name=self.current.name)
            return self.take(False)
        before, self.at = self.at, (self.at + step) % count
        if picture_type == 0:
            return self.i_picture(before)
        self.log("key_frame", unit=self.at, skipped=step, type=picture_type)
        unit = self.take(True)
        return unit if picture_type == 2 else h264.split_headers(unit)[1]

    def i_picture(self, before):
        """The next IDR picture, made a plain I picture; frame_num goes on from the picture before it."""
        rewriter = h264_slices.Rewriter.of(self.current.units[self.at])
        if not rewriter:
            self.log("i_picture_impossible", name=self.current.name)
            self.at = before
            return self.take(self.current.idr[before])
        last = self.current.units[before - 1]
        self.shift += (rewriter.frame_num(last) or 0) + 1
        self.rewriter = rewriter
        self.log("i_picture", unit=self.at)
        unit = rewriter.as_i_picture(h264.split_headers(self.current.units[self.at])[1], self.shift)
        self.at = (self.at + 1) % len(self.current.units)
        return unit

    def take(self, is_idr):
        unit = self.current.units[self.at]
        if is_idr:
            self.shift = 0
        elif self.shift:
            unit = self.rewriter.shifted(unit, self.shift)
        self.at = (self.at + 1) % len(self.current.units)
        return unit


def mux(jpeg, unit, size, interval, pts, container=False):
    """A JPEG with an access unit in APP4 segments after its first segment; as a container only, one without a picture."""
    header = struct.pack("<HH4sHHIHII", 0x0100, 22, b"H264", *size, interval, 33, pts, len(unit))
    first, rest = unit[:FIRST_PART], unit[FIRST_PART:]
    parts = [header + first] + [rest[i:i + PART] for i in range(0, len(rest), PART)]
    segments = b"".join(b"\xff\xe4" + struct.pack(">H", 2 + len(p)) + p for p in parts)
    if container:
        return b"\xff\xd8" + segments + b"\xff\xd9"
    after = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:after] + segments + jpeg[after:]
