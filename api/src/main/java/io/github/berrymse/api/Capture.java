package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A camera that is open and running. Confined to the capture thread of the stream that opened it, which also closes it.
 */
@ConsumerType
public interface Capture extends AutoCloseable {

    /** What the camera really delivers, read back from it. */
    CaptureFormat format();

    /**
     * Waits for the next access unit and hands it to the sink.
     *
     * @param timeoutMs the longest wait in milliseconds, 1 or more; keep to it, so that stopping and swapping are quick
     * @return whether an access unit was handed over
     * @throws CaptureException when the camera has failed or the file has ended; the stream closes this capture and
     *     opens one anew
     */
    boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException;

    /**
     * Asks the encoder for an IDR picture as soon as it can.
     *
     * @return false when this camera cannot be asked
     */
    default boolean requestKeyFrame() {
        return false;
    }

    /**
     * Applies other settings to the running camera, without a gap in the stream; {@link #format} tells what came of it.
     *
     * @return false when it has to be opened anew for them: it is closed next
     */
    default boolean apply(CameraSettings settings) {
        return false;
    }

    /** Whether it may be silent for long without fault, as a pipe whose writer pauses: it is not opened anew then. */
    default boolean mayBeSilent() {
        return false;
    }

    /** Stops the camera and frees it. Does not throw. */
    @Override
    void close();
}
