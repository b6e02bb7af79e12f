package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Segment;
import java.nio.ByteBuffer;

/**
 * One binary message as a frame (RFC 6455 5.2) in a direct buffer, which serves again for the next. Viewers who get the same
 * fragment one after the other differ in the segment's header only: its payload stays in place. Confined to whoever has
 * acquired it.
 */
final class Message {
    private static final int FIN = 0x80;
    private static final int BINARY = 0x2;
    private static final int LONGEST_HEADER = 10;

    private final ByteBuffer bytes;

    /** Whose payload the buffer holds as a whole, or null. */
    private Fragment fragment;

    private int headerAt;
    private int end;

    /** What has no place in the buffer yet. */
    private ByteBuffer rest;

    /** @param capacity of the buffer in bytes; a larger message goes through it in slices */
    Message(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
    }

    /** The most that a segment takes as a frame, in bytes. */
    static int size(Segment segment) {
        return LONGEST_HEADER + segment.size();
    }

    /** The frame, or its first slice, to be written from position to limit. */
    ByteBuffer bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Whether it held the segment's fragment last. */
    boolean isOf(Segment segment) {
        return fragment != null && fragment == segment.fragment();
    }

    /** Makes it the frame of a segment. */
    void fill(Segment segment) {
        if (isOf(segment)) {
            segment.putHeader(bytes.clear().position(headerAt));
            bytes.limit(end).position(0);
            return;
        }
        bytes.clear();
        putHeader(bytes, BINARY, segment.size());
        headerAt = bytes.position();
        if (segment.isInit()) {
            rest = segment.init().bytes().duplicate();
        } else {
            segment.putHeader(bytes);
            rest = segment.fragment().payload();
        }
        putSlice();
        end = bytes.limit();
        fragment = rest.hasRemaining() ? null : segment.fragment();
    }

    /** Keeps no fragment from being collected. */
    void forget() {
        fragment = null;
        rest = null;
    }

    /** Makes what has had no place so far the frame's next slice; false when all has gone. */
    boolean hasNextSlice() {
        if (rest.hasRemaining()) {
            bytes.clear();
            putSlice();
            return true;
        }
        return false;
    }

    private void putSlice() {
        int size = Math.min(bytes.remaining(), rest.remaining());
        bytes.put(rest.slice(rest.position(), size)).flip();
        rest.position(rest.position() + size);
    }

    /** Writes a frame's header. */
    static void putHeader(ByteBuffer frame, int opcode, int size) {
        frame.put((byte) (FIN | opcode));
        if (size < 126) {
            frame.put((byte) size);
        } else if (size < 1 << 16) {
            frame.put((byte) 126).putShort((short) size);
        } else {
            frame.put((byte) 127).putLong(size);
        }
    }
}
