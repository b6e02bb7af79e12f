package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of camera. A bundle adds its cameras by registering this service; a stream asks every registered source how
 * well it suits the settings and opens the best.
 *
 * <p>{@link #open} is called on the capture thread of a stream, the rest on other threads, for several streams at the
 * same time: implementations are thread-safe, the captures that they open need not be. When the service goes, its captures
 * are closed first; the bundle's end waits for that up to 3 s.
 */
@ConsumerType
public interface VideoSource {

    /** What {@code camera.source} calls it: a short lower-case word, always the same, such as {@code v4l2}. */
    String name();

    /**
     * How well this source suits the settings. Asked before each opening, when something has changed, and every 2 s while
     * a stand-in plays. Quick: may look at a device, must not open a stream or wait. What it throws counts as a refusal; a
     * source that has not answered after 2 s is left out until it does; a camera of it that plays goes on.
     *
     * @param settings whose {@link CameraSettings#source} is for the source to respect: when it is neither {@code auto}
     *     nor {@link #name}, another source is asked for
     */
    Suitability suits(CameraSettings settings);

    /**
     * Opens the camera and starts it, in less than 3 s, so that stopping and swapping do not have to wait.
     *
     * @throws CaptureException when the camera is absent, busy or unfit; the stream tries again later, as after whatever
     *     else it throws
     */
    Capture open(CameraSettings settings) throws CaptureException;

    /**
     * Tells a stream that {@link #suits} or {@link #open} may go otherwise than when it asked last: a camera was plugged
     * in, say. The stream asks again at once; else it does so after 1 to 10 s. A source that does not know when its
     * cameras come and go leaves this as it is.
     *
     * @param changed returns at once; may be run by any thread, also for no reason
     * @return ends it; closed once, by any thread
     */
    default AutoCloseable watch(Runnable changed) {
        return () -> {};
    }
}
