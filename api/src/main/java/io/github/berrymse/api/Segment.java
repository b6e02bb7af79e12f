package io.github.berrymse.api;

import java.nio.ByteBuffer;

/**
 * One message to one viewer: an initialization segment, or a media segment with the viewer's own sequence number and
 * timeline. The header is the receiver's own; the payload is shared with all viewers and read-only. May be kept, and keeps
 * its picture in memory for as long. Immutable.
 *
 * @param init the initialization segment in force; its bytes are the whole message when {@link #isInit}
 * @param fragment the fragment in the message, null in an initialization segment
 * @param sequenceNumber counts 1, 2, 3 for each viewer; 0 in an initialization segment
 * @param decodeTimeTicks where it begins on the viewer's timeline
 * @param durationTicks how long it lasts there
 */
public record Segment(
        InitializationSegment init, Fragment fragment, int sequenceNumber, long decodeTimeTicks, int durationTicks) {

    public boolean isInit() {
        return fragment == null;
    }

    public boolean isSync() {
        return fragment != null && fragment.isSync();
    }

    /** Bytes that {@link #put} writes. */
    public int size() {
        return isInit()
                ? init.bytes().remaining()
                : fragment.headerSize() + fragment.payload().remaining();
    }

    /**
     * Writes the whole message.
     *
     * @param to big-endian, as buffers are at first, with at least {@link #size} bytes remaining
     */
    public void put(ByteBuffer to) {
        if (isInit()) {
            to.put(init.bytes().duplicate());
        } else {
            putHeader(to);
            to.put(fragment.payload());
        }
    }

    /**
     * Writes a media segment but for the fragment's payload, which follows.
     *
     * @param to as in {@link #put}, {@link Fragment#headerSize} bytes
     */
    public void putHeader(ByteBuffer to) {
        fragment.putHeader(to, sequenceNumber, decodeTimeTicks, durationTicks);
    }
}
