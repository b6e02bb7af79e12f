package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A camera that is open and running. What a method throws, but for {@link #close}, costs the camera this capture: it is
 * closed, and opened anew after 1 s, doubling to 10 s. Confined to the capture thread of the stream that opened it, which
 * also closes it.
 */
@ConsumerType
public interface Capture extends AutoCloseable {

    /** What the camera really delivers, read back from it. Asked after it was opened and after {@link #apply}. */
    CaptureFormat format();

    /**
     * Waits for the next access unit and hands it to the sink; those that are there already may follow it. A camera that
     * hands over none for 10 s is opened anew.
     *
     * @param timeoutMs the longest wait in milliseconds, 1 or more; keep to it, so that stopping and swapping are quick
     * @return whether an access unit was handed over
     * @throws CaptureException when the camera has failed or the file has ended; the stream closes this capture and
     *     opens one anew
     */
    boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException;

    /**
     * Asks the encoder for an IDR picture as soon as it can. Called about once a second at most.
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

    /** Stops the camera and frees all that it holds. Called once; does not throw. */
    @Override
    void close();
}
