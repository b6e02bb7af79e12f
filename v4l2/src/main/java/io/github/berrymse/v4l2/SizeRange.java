package io.github.berrymse.v4l2;

/**
 * Sizes that a device offers (VIDIOC_ENUM_FRAMESIZES): all from the smallest to the largest in steps; or one, when those
 * are equal. Immutable.
 *
 * @param smallest least width and least height
 * @param largest greatest width and greatest height
 * @param stepWidth pixels from one width to the next, 1 or more
 * @param stepHeight pixels from one height to the next, 1 or more
 */
public record SizeRange(FrameSize smallest, FrameSize largest, int stepWidth, int stepHeight) {

    public static SizeRange only(FrameSize size) {
        return new SizeRange(size, size, 1, 1);
    }

    /** The size that is nearest to one that was asked for, in width and in height. */
    public FrameSize nearest(FrameSize asked) {
        return new FrameSize(
                nearest(asked.width(), smallest.width(), largest.width(), stepWidth),
                nearest(asked.height(), smallest.height(), largest.height(), stepHeight));
    }

    private static int nearest(int asked, int least, int greatest, int step) {
        int most = (greatest - least) / step;
        long steps = Math.round(((double) asked - least) / step);
        return least + (int) Math.max(0, Math.min(most, steps)) * step;
    }
}
