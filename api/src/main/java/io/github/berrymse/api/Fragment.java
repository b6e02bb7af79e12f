package io.github.berrymse.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One access unit as a movie fragment (ISO/IEC 14496-12 8.8), shared by all viewers. Immutable, thread-safe. What
 * differs per viewer, the header, is made anew for each.
 */
@ConsumerType
public interface Fragment {

    /** What must have gone before it; the same object for as long as the parameter sets stay the same. */
    InitializationSegment init();

    /** Whether it is an IDR picture, at which a viewer may start. */
    boolean isSync();

    /** When the camera captured it, as {@link AccessUnit#captureTimeUs}. */
    long captureTimeUs();

    /** Where it begins on the stream's own timeline: the end of the fragment before it. */
    long decodeTimeTicks();

    /** From the end of the fragment before it to its own capture time, 1 or more. */
    int durationTicks();

    /**
     * The contents of {@code mdat}: read-only, a view of its own for each call. Of the built-in codec these are the NAL units
     * of one picture without parameter sets, each after its length in 4 bytes (ISO/IEC 14496-15 5.3.2).
     */
    ByteBuffer payload();

    /** Bytes that {@link #putHeader} writes. */
    int headerSize();

    /**
     * Writes {@code moof} and the header of {@code mdat}.
     *
     * @param to big-endian, as buffers are at first, with at least {@link #headerSize} bytes remaining
     * @param sequenceNumber 1 for a viewer's first fragment, then one more for each
     * @param decodeTimeTicks where the sample begins on the viewer's own timeline
     * @param durationTicks how long it lasts there, 1 or more
     */
    void putHeader(ByteBuffer to, int sequenceNumber, long decodeTimeTicks, int durationTicks);
}
