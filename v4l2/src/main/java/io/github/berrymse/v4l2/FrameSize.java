package io.github.berrymse.v4l2;

/**
 * Width and height of a picture, in pixels. Immutable.
 *
 * @param width pixels
 * @param height pixels
 */
public record FrameSize(int width, int height) {

    /** How far another size is off: the pixels of either that are outside the other, their corners laid together. */
    public long distance(FrameSize other) {
        long shared = (long) Math.min(width, other.width) * Math.min(height, other.height);
        return area() + other.area() - 2 * shared;
    }

    /** After a quarter turn. */
    public FrameSize turned() {
        return new FrameSize(height, width);
    }

    private long area() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
