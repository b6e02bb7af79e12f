"""Rewrites slice headers (ITU-T H.264 7.3.3), so that an IDR picture becomes a plain I picture and the pictures after it
follow on. Only for what the sample streams have: CAVLC, progressive frames, picture order count type 2."""
import re

import h264


class Bits:
    def __init__(self, data):
        self.text, self.at = f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}", 0

    def u(self, n):
        self.at += n
        return int(self.text[self.at - n:self.at], 2) if n else 0

    def ue(self):
        zeros = self.text.index("1", self.at) - self.at
        self.at += zeros
        return self.u(zeros + 1) - 1


def unescaped(payload):
    return payload.replace(b"\0\0\3", b"\0\0")


def escaped(rbsp):
    return re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", rbsp)


def packed(bits):
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


class Rewriter:
    """For the slices under one SPS and PPS. log2_max: of MaxFrameNum."""

    def __init__(self, log2_max):
        self.log2_max = log2_max

    @classmethod
    def of(cls, unit):
        """From the parameter sets in an access unit; None when they are of a kind that is not done here."""
        found = {unit[p] & 31: Bits(unescaped(unit[p + 1:e])) for _, p, e in h264.nal_units(unit) if unit[p] & 31 in (7, 8)}
        if len(found) != 2:
            return None
        sps, pps = found[7], found[8]
        profile, _, _, log2_max = sps.u(8), sps.u(16), sps.ue(), sps.ue() + 4
        order = sps.ue()
        sps.ue(), sps.u(1), sps.ue(), sps.ue()          # reference frames, gaps, size
        frames_only = sps.u(1)
        pps.ue(), pps.ue()
        cabac = pps.u(1)
        return cls(log2_max) if profile == 66 and order == 2 and frames_only and not cabac else None

    def slices(self, unit, change):
        """The unit with what change(header byte, bits, where frame_num begins) makes of the slices."""
        out = b""
        for start, payload, end in h264.nal_units(unit):
            kind = unit[payload] & 31
            if kind not in (1, 5):
                out += unit[start:end]
                continue
            bits = Bits(unescaped(unit[payload + 1:end].rstrip(b"\0")))
            bits.ue(), bits.ue(), bits.ue()             # first_mb_in_slice, slice_type, pic_parameter_set_id
            header, text = change(unit[payload], bits, bits.at)
            out += unit[start:payload] + bytes([header]) + escaped(packed(text))
        return out

    def frame_num(self, unit):
        for _, payload, end in h264.nal_units(unit):
            if unit[payload] & 31 in (1, 5):
                bits = Bits(unescaped(unit[payload + 1:min(end, payload + 40)]))
                bits.ue(), bits.ue(), bits.ue()
                return bits.u(self.log2_max)
        return None

    def number(self, value):
        return f"{value % (1 << self.log2_max):0{self.log2_max}b}"

    def shifted(self, unit, shift):
        def change(header, bits, at):
            number = bits.u(self.log2_max)
            return header, bits.text[:at] + self.number(number + shift) + bits.text[bits.at:]
        return self.slices(unit, change)

    def as_i_picture(self, unit, frame_num):
        def change(header, bits, at):
            bits.u(self.log2_max), bits.ue(), bits.u(2)     # frame_num, idr_pic_id, dec_ref_pic_marking of an IDR picture
            return header & 0xE0 | 1, bits.text[:at] + self.number(frame_num) + "0" + bits.text[bits.at:]
        return self.slices(unit, change)
