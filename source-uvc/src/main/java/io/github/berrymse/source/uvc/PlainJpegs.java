package io.github.berrymse.source.uvc;

/**
 * Notices that a camera whose JPEGs should have H.264 in them sends none. That a few have none says nothing: the H.264 may
 * have the lower frame rate. Confined to the capture thread.
 */
final class PlainJpegs {

    private static final long PATIENCE_US = 5_000_000;

    private boolean isLastPlain;
    private long plainSinceUs;

    /**
     * Takes note of one JPEG.
     *
     * @param isPlain whether it is sound and has no H.264 in it
     * @return whether all have been plain for 5 s
     */
    boolean areAll(boolean isPlain, long captureTimeUs) {
        if (!isLastPlain) {
            plainSinceUs = captureTimeUs;
        }
        isLastPlain = isPlain;
        return isPlain && captureTimeUs - plainSinceUs >= PATIENCE_US;
    }
}
