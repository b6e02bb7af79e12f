package io.github.berrymse.v4l2;

/**
 * Frame rates that a device offers for a size (VIDIOC_ENUM_FRAMEINTERVALS): all from the slowest to the fastest; or one,
 * when those are equal. Immutable.
 */
public record RateRange(FrameRate slowest, FrameRate fastest) {

    public static RateRange only(FrameRate rate) {
        return new RateRange(rate, rate);
    }

    /** The rate that is nearest to one that was asked for. */
    public FrameRate nearest(double framesPerSecond) {
        if (framesPerSecond <= slowest.framesPerSecond()) {
            return slowest;
        }
        return framesPerSecond >= fastest.framesPerSecond() ? fastest : FrameRate.of(framesPerSecond);
    }
}
