package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSettings;

/** Format and rate without a device. Confined to the test's thread. */
final class FakeFrames implements FrameSettings {

    FrameFormat format = new FrameFormat("H264", 1024, 768, 1);
    FrameRate rate = FrameRate.of(30);

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
    public FrameRate setFrameRate(FrameRate asked) {
        rate = asked;
        return rate;
    }
}
