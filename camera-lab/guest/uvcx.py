"""The H.264 extension unit of a UVC camera (USB Video Class, H.264 payload specification 1.0, 3.3), and controls of
units in general. What a program sets is clamped to what the camera can do, or refused where it makes no sense."""
import struct

GUID = bytes.fromhex("41769ea204dee3478b2bf4341aff003b")
SET_CUR, GET_CUR, GET_MIN, GET_MAX, GET_RES, GET_LEN, GET_INFO, GET_DEF = 0x01, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87
NOT_READY, WRONG_STATE, OUT_OF_RANGE, INVALID_UNIT, INVALID_CONTROL, INVALID_REQUEST, INVALID_VALUE = 1, 2, 4, 5, 6, 7, 8
PROBE, COMMIT, RATE_CONTROL, PICTURE_TYPE, RESET, FRAME_RATE, BIT_RATE, QP_STEPS = 0x01, 0x02, 0x03, 0x09, 0x0B, 0x0C, 0x0E, 0x0F
LITTLE = lambda value, size: int(value).to_bytes(size, "little", signed=value < 0)
INTERVALS = (333333, 666666)                            # 100 ns: 30 and 15 frames a second
RATE_RANGE = (64_000, 12_000_000)                       # bit/s
PROFILES = (0x4240, 0x4D00, 0x6400)                     # constrained baseline, main, high
LONGEST_PERIOD = 60_000
MUX_ON, MUX_H264, MUX_CONTAINER = 0x01, 0x02, 0x40


class Stall(Exception):
    """The request is refused, with a UVC request error code."""


class Control:
    """A control of a unit: its length, values as bytes, and what GET_INFO says (1: get, 2: set)."""

    def __init__(self, name, size, low, high, default, step=1, info=3):
        pack = lambda v: v if isinstance(v, bytes) else LITTLE(v, size)
        self.name, self.size, self.info = name, size, info
        self.values = {GET_MIN: pack(low), GET_MAX: pack(high), GET_DEF: pack(default), GET_RES: pack(step), GET_CUR: pack(default)}

    def get(self, request):
        if request == GET_LEN:
            return LITTLE(self.size, 2)
        if request == GET_INFO:
            return bytes([self.info])
        if request not in self.values:
            raise Stall(INVALID_REQUEST)
        if not self.info & 1:
            raise Stall(NOT_READY)
        return self.values[request]

    def set(self, data):
        if not self.info & 2:
            raise Stall(NOT_READY)
        if len(data) != self.size:
            raise Stall(INVALID_VALUE)
        self.values[GET_CUR] = bytes(data)


CONFIG = ("<IIHHHHHHHHHH16BH", "dwFrameInterval dwBitRate bmHints wConfigurationIndex wWidth wHeight wSliceUnits "
          "wSliceMode wProfile wIFramePeriod wEstimatedVideoDelay wEstimatedMaxConfigDelay bUsageType bRateControlMode "
          "bTemporalScaleMode bSpatialScaleMode bSNRScaleMode bStreamMuxOption bStreamFormat bEntropyCABAC bTimestamp "
          "bNumOfReorderFrames bPreviewFlipped bView bReserved1 bReserved2 bStreamID bSpatialLayerRatio wLeakyBucketSize")
FORMS = {       # selector: name, and the fields of each control
    PROBE: ("UVCX_VIDEO_CONFIG_PROBE", *CONFIG),
    COMMIT: ("UVCX_VIDEO_CONFIG_COMMIT", *CONFIG),
    RATE_CONTROL: ("UVCX_RATE_CONTROL_MODE", "<HB", "wLayerID bRateControlMode"),
    0x04: ("UVCX_TEMPORAL_SCALE_MODE", "<HB", "wLayerID bTemporalScaleMode"),
    0x05: ("UVCX_SPATIAL_SCALE_MODE", "<HB", "wLayerID bSpatialScaleMode"),
    0x06: ("UVCX_SNR_SCALE_MODE", "<HBB", "wLayerID bSNRScaleMode bMGSSublayerMode"),
    0x07: ("UVCX_LTR_BUFFER_SIZE_CONTROL", "<HBB", "wLayerID bLTRBufferSize bLTREncoderControl"),
    0x08: ("UVCX_LTR_PICTURE_CONTROL", "<HBB", "wLayerID bPutAtPositionInLTRBuffer bEncodeUsingLTR"),
    PICTURE_TYPE: ("UVCX_PICTURE_TYPE_CONTROL", "<HH", "wLayerID wPicType"),
    0x0A: ("UVCX_VERSION", "<H", "wVersion"),
    RESET: ("UVCX_ENCODER_RESET", "<H", "wLayerID"),
    FRAME_RATE: ("UVCX_FRAMERATE_CONFIG", "<HI", "wLayerID dwFrameInterval"),
    0x0D: ("UVCX_VIDEO_ADVANCE_CONFIG", "<HIBB", "wLayerID dwMb_max blevel_idc bReserved"),
    BIT_RATE: ("UVCX_BITRATE_LAYERS", "<HII", "wLayerID dwPeakBitrate dwAverageBitrate"),
    QP_STEPS: ("UVCX_QP_STEPS_LAYERS", "<HBBB", "wLayerID bFrameType bMinQp bMaxQp"),
}
RANGES = {      # selector: min, max, default, step, info
    RATE_CONTROL: ((0, 1), (0, 3), (0, 1), (0, 1), 3),
    0x04: ((0, 1), (0, 1), (0, 1), (0, 1), 3), 0x05: ((0, 1), (0, 1), (0, 1), (0, 1), 3),
    0x06: ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 1, 1), 3), 0x07: ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 1, 1), 3),
    0x08: ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 1, 1), 3), PICTURE_TYPE: ((0, 0), (0, 2), (0, 0), (0, 1), 3),
    0x0A: ((0x100,), (0x100,), (0x100,), (0,), 1), RESET: ((0,), (0,), (0,), (0,), 2),
    FRAME_RATE: ((0, INTERVALS[0]), (0, 10_000_000), (0, INTERVALS[0]), (0, 1), 3),
    0x0D: ((0, 0, 9, 0), (0, 245760, 40, 0), (0, 108000, 31, 0), (0, 1, 1, 0), 3),
    BIT_RATE: ((0, RATE_RANGE[0], RATE_RANGE[0]), (0, RATE_RANGE[1], RATE_RANGE[1]), (0, 3_000_000, 1_500_000), (0, 1, 1), 3),
    QP_STEPS: ((0, 7, 1, 1), (0, 7, 51, 51), (0, 7, 10, 51), (0, 1, 1, 1), 3),
}


def fields(selector, data):
    _, form, names = FORMS[selector]
    return dict(zip(names.split(), struct.unpack(form, data)))


def packed(selector, values):
    return struct.pack(FORMS[selector][1], *values.values())


def clamp(value, low, high):
    return min(max(value, low), high)


class H264Unit:
    """The unit of a camera that encodes these sizes.

    min_period, period_step: what it makes of wIFramePeriod, in ms.
    """

    def __init__(self, sizes, min_period=1000, period_step=1, can_mux=True):
        self.sizes, self.min_period, self.period_step = sorted(sizes), min_period, period_step
        self.mux = MUX_ON | MUX_H264 | MUX_CONTAINER if can_mux else 0
        self.controls = {}
        for selector, (name, form, _) in FORMS.items():
            low, high, default, step, info = RANGES.get(selector) or self.config_range()
            pack = lambda v: struct.pack(form, *v)
            self.controls[selector] = Control(name, struct.calcsize(form), pack(low), pack(high), pack(default), pack(step), info)

    def config_range(self):
        def config(interval, rate, size, profile, period, control, mux=0):
            return (interval, rate, 0xAC07 if control else 0, 0, *size, 0, 0, profile, period, 33, 100, 1, control, 0, 0, 0, mux,
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        size = self.sizes[-1]
        return (config(INTERVALS[0], RATE_RANGE[0], self.sizes[0], PROFILES[0], self.min_period, 1),
                config(INTERVALS[1], RATE_RANGE[1], size, PROFILES[-1], LONGEST_PERIOD, 3, self.mux),
                config(INTERVALS[0], 1_500_000, size, PROFILES[0], 2000, 1), config(1, 1, (8, 8), 0, self.period_step, 0), 3)

    def set(self, selector, data, streaming):
        """The fields as they apply; raises Stall for what makes no sense."""
        control = self.controls[selector]
        before = control.values[GET_CUR]
        control.set(data)
        asked = fields(selector, data)
        try:
            if asked.get("wLayerID", 0) != 0:
                raise Stall(OUT_OF_RANGE)
            rule = {PROBE: self.config, COMMIT: self.config, RATE_CONTROL: self.rate_control, PICTURE_TYPE: self.picture_type,
                    FRAME_RATE: self.frame_rate, BIT_RATE: self.bit_rate, QP_STEPS: self.qp_steps}.get(selector)
            if streaming and selector in (PROBE, COMMIT):
                raise Stall(WRONG_STATE)
            applied = {**asked, **rule(asked)} if rule else asked
        except Stall:
            control.values[GET_CUR] = before
            raise
        control.values[GET_CUR] = packed(selector, applied)
        if selector == COMMIT:
            self.follow(applied)
        elif selector == RESET:
            self.reset()
        return applied

    def reset(self):
        for control in self.controls.values():
            control.values[GET_CUR] = control.values[GET_DEF]

    def cur(self, selector):
        return fields(selector, self.controls[selector].values[GET_CUR])

    def follow(self, config):
        """The controls for single settings show what was committed."""
        rate, interval, mode = config["dwBitRate"], config["dwFrameInterval"], config["bRateControlMode"]
        for selector, values in ((PROBE, config), (BIT_RATE, {"layer": 0, "peak": rate, "average": rate}),
                                 (FRAME_RATE, {"layer": 0, "interval": interval}), (RATE_CONTROL, {"layer": 0, "mode": mode})):
            self.controls[selector].values[GET_CUR] = packed(selector, values)

    # -- what the camera makes of values

    def config(self, asked):
        w, h, interval = asked["wWidth"], asked["wHeight"], asked["dwFrameInterval"]
        if not (w and h and interval and asked["dwBitRate"]):
            raise Stall(OUT_OF_RANGE)
        self.rate_control(asked)
        period = clamp(asked["wIFramePeriod"], self.min_period, LONGEST_PERIOD) // self.period_step * self.period_step
        size = min(self.sizes, key=lambda s: (abs(s[0] * s[1] - w * h), s))
        mux = asked["bStreamMuxOption"] & self.mux
        return {"dwFrameInterval": min(INTERVALS, key=lambda i: abs(i - interval)), "dwBitRate": clamp(asked["dwBitRate"], *RATE_RANGE),
                "wWidth": size[0], "wHeight": size[1], "wProfile": max((p for p in PROFILES if p <= asked["wProfile"]), default=PROFILES[0]),
                "wIFramePeriod": period, "wEstimatedVideoDelay": 33, "wEstimatedMaxConfigDelay": 100,
                "bUsageType": clamp(asked["bUsageType"], 1, 3), "bNumOfReorderFrames": 0,
                "bStreamMuxOption": mux if mux & MUX_ON and mux & MUX_H264 else 0}

    def rate_control(self, asked):
        if asked["bRateControlMode"] & 0x0F not in (1, 2, 3):
            raise Stall(OUT_OF_RANGE)
        return {}

    def picture_type(self, asked):
        if asked["wPicType"] > 2:
            raise Stall(OUT_OF_RANGE)
        return {}

    def frame_rate(self, asked):
        if not asked["dwFrameInterval"]:
            raise Stall(OUT_OF_RANGE)
        return {"dwFrameInterval": clamp(asked["dwFrameInterval"], INTERVALS[0], 10_000_000)}

    def bit_rate(self, asked):
        peak = clamp(asked["dwPeakBitrate"], *RATE_RANGE)
        return {"dwPeakBitrate": peak, "dwAverageBitrate": clamp(asked["dwAverageBitrate"], RATE_RANGE[0], peak)}

    def qp_steps(self, asked):
        if not 1 <= asked["bFrameType"] <= 7:
            raise Stall(OUT_OF_RANGE)
        top = clamp(asked["bMaxQp"], 1, 51)
        return {"bMinQp": clamp(asked["bMinQp"], 1, top), "bMaxQp": top}
