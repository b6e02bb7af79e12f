package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSettings;
import io.github.berrymse.v4l2.LinuxException;
import java.util.function.UnaryOperator;

/** Format and rate without a device. Confined to the test's thread. */
final class FakeFrames implements FrameSettings {

    FrameFormat format = new FrameFormat("H264", 1024, 768, 1);
    FrameRate rate = FrameRate.of(30);

    /** Whether it refuses another rate. */
    boolean isBusy;

    /** What it makes of a rate. */
    UnaryOperator<FrameRate> taken = asked -> asked;

    @Override
    public FrameFormat format() {
        return format;
    }

    @Override
    public FrameFormat setFormat(String fourcc, int width, int height) {
        format = new FrameFormat(fourcc, width, height, width * height);
        return format;
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public FrameRate setFrameRate(FrameRate asked) throws LinuxException {
        if (isBusy) {
            throw new LinuxException("VIDIOC_S_PARM", "/dev/fake", 16);
        }
        rate = taken.apply(asked);
        return rate;
    }
}
