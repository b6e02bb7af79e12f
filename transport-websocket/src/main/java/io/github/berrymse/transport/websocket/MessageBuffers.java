package io.github.berrymse.transport.websocket;

import java.nio.ByteBuffer;

/**
 * Direct buffers for the messages on their way. The one given back last is taken next, as it is still in the processor's
 * cache: nearly always there is one for all viewers. Larger messages than {@link #LARGEST} are not copied and have no
 * buffer here. Thread-safe.
 */
final class MessageBuffers {
    private static final int SMALLEST_LOG2 = 13;
    private static final int LARGEST_LOG2 = 18;
    private static final int MOST_KEPT = 16;

    /** The largest message, in bytes, that there are buffers for. */
    static final int LARGEST = (1 << LARGEST_LOG2) - 16;

    private final Object lock = new Object();
    private final ByteBuffer[][] kept = new ByteBuffer[LARGEST_LOG2 + 1][MOST_KEPT];
    private final int[] keptCount = new int[LARGEST_LOG2 + 1];

    /** An empty buffer with at least so many bytes remaining; the caller's until {@link #release}. */
    ByteBuffer acquire(int size) {
        int log2 = log2(size);
        synchronized (lock) {
            if (keptCount[log2] > 0) {
                return kept[log2][--keptCount[log2]].clear();
            }
        }
        return ByteBuffer.allocateDirect(1 << log2);
    }

    /** Takes a buffer back that nobody will touch any more; one on the heap was not lent here and is let go. */
    void release(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return;
        }
        int log2 = log2(buffer.capacity());
        synchronized (lock) {
            if (keptCount[log2] < MOST_KEPT) {
                kept[log2][keptCount[log2]++] = buffer;
            }
        }
    }

    private static int log2(int size) {
        return Math.max(SMALLEST_LOG2, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
    }
}
