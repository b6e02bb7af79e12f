package io.github.berrymse.v4l2;

/**
 * Frames per second as a fraction: the inverse of V4L2's time per frame. Immutable.
 *
 * @param numerator 0 or more
 * @param denominator 0 or more; with either 0 the rate is unknown
 */
public record FrameRate(int numerator, int denominator) {

    public static final FrameRate UNKNOWN = new FrameRate(0, 0);

    /** The fraction that is nearest, in thousandths of a frame per second. */
    public static FrameRate of(double framesPerSecond) {
        int thousandths = (int) Math.round(framesPerSecond * 1000);
        return thousandths % 1000 == 0 ? new FrameRate(thousandths / 1000, 1) : new FrameRate(thousandths, 1000);
    }

    /** Rounded to hundredths, without a trailing zero. */
    @Override
    public String toString() {
        double rounded = Math.round(framesPerSecond() * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Integer.toString((int) rounded) : Double.toString(rounded);
    }

    /** Whether it is the same, but for rounding. */
    public boolean isAbout(FrameRate other) {
        return Math.abs(framesPerSecond() - other.framesPerSecond()) <= 0.01;
    }

    /** 0 when unknown. */
    public double framesPerSecond() {
        return numerator > 0 && denominator > 0 ? (double) numerator / denominator : 0;
    }
}
