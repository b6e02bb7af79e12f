package io.github.berrymse.source.uvc;

import io.github.berrymse.source.uvc.H264Unit.Selector;
import io.github.berrymse.source.uvc.VideoConfig.Field;
import io.github.berrymse.v4l2.Errno;
import io.github.berrymse.v4l2.ExtensionUnit.Get;
import io.github.berrymse.v4l2.FrameSize;
import io.github.berrymse.v4l2.LinuxException;
import java.util.List;
import java.util.Optional;

/**
 * Sets a camera's encoder up before each start of the stream (UVC H.264 1.0, 3.3.1 and 3.3.2): resets it, probes what was
 * asked, reads back what the camera makes of it, and commits that. Confined to the capture thread.
 */
final class EncoderSetup {

    private static final int USAGE_REAL_TIME = 1;
    private static final int CONSTANT_BIT_RATE = 1;
    static final int MUX_H264 = 0b11;
    private static final int LONGEST_PERIOD_MS = 65_000;
    private static final byte[] WHOLE_ENCODER = new byte[2];

    private final H264Unit unit;
    private final Quirks quirks;
    private final EncoderSettings asked;
    private final List<String> remarks;

    /** @param remarks takes, in words, what the camera does not do as asked */
    EncoderSetup(H264Unit unit, Quirks quirks, EncoderSettings asked, List<String> remarks) {
        this.unit = unit;
        this.quirks = quirks;
        this.asked = asked;
        this.remarks = remarks;
    }

    /**
     * Sets it up.
     *
     * @return what is in force, to be compared with the bit rate that was asked; empty when the camera refuses altogether
     * @throws LinuxException when the camera is gone or does not answer
     */
    Optional<VideoConfig> commit() throws LinuxException {
        reset();
        Optional<byte[]> own = read(Get.DEF);
        if (own.isEmpty()) {
            own = read(Get.CUR);
        }
        if (own.isEmpty()) {
            return refused();
        }
        Range range = new Range(read(Get.MIN), read(Get.MAX));
        VideoConfig config = edited(new VideoConfig(own.get()), range);
        if (!unit.set(Selector.VIDEO_CONFIG_PROBE, config.bytes())) {
            return refused();
        }
        VideoConfig got = read(Get.CUR).map(VideoConfig::new).orElse(config);
        if (!unit.set(Selector.VIDEO_CONFIG_COMMIT, got.bytes())) {
            return refused();
        }
        compare(got);
        return Optional.of(got);
    }

    /** Not every camera can, and some do not even answer. */
    private void reset() throws LinuxException {
        try {
            unit.set(Selector.ENCODER_RESET, WHOLE_ENCODER);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ETIMEDOUT) {
                throw e;
            }
        }
    }

    private Optional<byte[]> read(Get request) throws LinuxException {
        return unit.get(request, Selector.VIDEO_CONFIG_PROBE);
    }

    private Optional<VideoConfig> refused() {
        boolean isAsked = unit.has(Selector.VIDEO_CONFIG_PROBE) && unit.has(Selector.VIDEO_CONFIG_COMMIT);
        remarks.add("its encoder keeps its own settings, as it "
                + (isAsked ? "refuses others (" + unit.lastRefusal() + ")" : "has no control to set others"));
        return Optional.empty();
    }

    private VideoConfig edited(VideoConfig config, Range range) {
        int hints = VideoConfig.HINT_RESOLUTION | VideoConfig.HINT_USAGE | VideoConfig.HINT_SLICE_MODE;
        config.put(Field.WIDTH, asked.size().width())
                .put(Field.HEIGHT, asked.size().height());
        config.put(Field.USAGE_TYPE, USAGE_REAL_TIME);
        config.put(Field.SLICE_MODE, 0).put(Field.SLICE_UNITS, 0);
        config.put(Field.REORDER_FRAMES, 0).put(Field.STREAM_FORMAT, 0);
        config.put(Field.STREAM_MUX_OPTION, asked.isMuxed() ? MUX_H264 : 0);
        if (asked.frameInterval() > 0) {
            config.put(Field.FRAME_INTERVAL, asked.frameInterval());
            hints |= VideoConfig.HINT_FRAME_INTERVAL;
        }
        if (asked.profileBits() != 0) {
            config.put(Field.PROFILE, asked.profileBits());
            hints |= VideoConfig.HINT_PROFILE;
        }
        if (asked.bitrateBps() > 0) {
            config.put(Field.RATE_CONTROL_MODE, CONSTANT_BIT_RATE);
            config.put(Field.BIT_RATE, range.nearest(Field.BIT_RATE, asked.bitrateBps()));
            hints |= VideoConfig.HINT_BIT_RATE | VideoConfig.HINT_RATE_CONTROL;
        }
        long periodMs = Math.round(
                asked.keyFrameIntervalFrames() * config.get(Field.FRAME_INTERVAL) / VideoConfig.UNITS_PER_MS);
        if (periodMs > 0) {
            long taken = quirks.iFramePeriodMs(Math.min(LONGEST_PERIOD_MS, periodMs));
            config.put(Field.I_FRAME_PERIOD, range.nearest(Field.I_FRAME_PERIOD, taken));
            hints |= VideoConfig.HINT_I_FRAME_PERIOD;
        }
        return config.put(Field.HINTS, hints);
    }

    private void compare(VideoConfig got) {
        FrameSize size = new FrameSize((int) got.get(Field.WIDTH), (int) got.get(Field.HEIGHT));
        if (asked.isMuxed() && !size.equals(asked.size())) {
            remarks.add(size + " instead of " + asked.size());
        }
        long interval = got.keyFrameIntervalFrames();
        if (asked.keyFrameIntervalFrames() > 0 && interval != asked.keyFrameIntervalFrames()) {
            remarks.add("key frame interval " + interval + " instead of " + asked.keyFrameIntervalFrames() + " frames");
        }
        if (asked.profileBits() != 0 && !isProfile((int) got.get(Field.PROFILE))) {
            remarks.add("profile " + got.profile() + " instead of " + asked.profile());
        }
        if (got.get(Field.REORDER_FRAMES) > 0) {
            remarks.add("it may reorder pictures, which browsers show late");
        }
    }

    /** Constrained baseline is a kind of baseline. */
    private boolean isProfile(int got) {
        return got == asked.profileBits() || asked.profile().equals("baseline") && got >> 8 == 0x42;
    }

    /** What the camera says it takes at least and at most; some say nothing, or nonsense. Immutable. */
    private record Range(Optional<byte[]> least, Optional<byte[]> most) {

        long nearest(Field field, long value) {
            long minimum = least.map(bytes -> new VideoConfig(bytes).get(field)).orElse(0L);
            long maximum = most.map(bytes -> new VideoConfig(bytes).get(field)).orElse(0L);
            return maximum > 0 && minimum <= maximum ? Math.max(minimum, Math.min(maximum, value)) : value;
        }
    }
}
