package io.github.berrymse.transport.websocket;

import java.nio.ByteBuffer;

/**
 * Direct buffers for the messages on their way. The one given back last is taken next, as it is still in the processor's
 * cache: nearly always there is one for all viewers. A message larger than {@link #LARGEST} goes through one in slices.
 * Thread-safe.
 */
final class MessageBuffers {
    private static final int SMALLEST_LOG2 = 13;
    private static final int LARGEST_LOG2 = 18;
    private static final int MOST_KEPT = 16;

    /** Bytes of the largest buffer. */
    static final int LARGEST = 1 << LARGEST_LOG2;

    private final Object lock = new Object();
    private final ByteBuffer[][] kept = new ByteBuffer[LARGEST_LOG2 + 1][MOST_KEPT];
    private final int[] keptCount = new int[LARGEST_LOG2 + 1];

    /**
     * An empty buffer; the caller's until {@link #release}.
     *
     * @param size how many bytes it has at least, up to {@link #LARGEST}
     */
    ByteBuffer acquire(int size) {
        int log2 = log2(size);
        synchronized (lock) {
            if (keptCount[log2] > 0) {
                return kept[log2][--keptCount[log2]].clear();
            }
        }
        return ByteBuffer.allocateDirect(1 << log2);
    }

    /** Takes a buffer back that nobody will touch any more. */
    void release(ByteBuffer buffer) {
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
