package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.Segment;

/**
 * Keeps the buffers of messages that have left. The one given back last is taken first: nearly always there is one for all
 * viewers, still in the processor's cache and with the payload in place. Thread-safe.
 */
final class Messages {
    private static final int SMALLEST_LOG2 = 13;
    private static final int LARGEST_LOG2 = 18;
    private static final int MOST_KEPT = 16;

    /** Bytes of the largest buffer; what is larger goes through it in slices. */
    static final int LARGEST = 1 << LARGEST_LOG2;

    private final Object lock = new Object();
    private final Message[][] kept = new Message[LARGEST_LOG2 + 1][MOST_KEPT];
    private final int[] keptCount = new int[LARGEST_LOG2 + 1];
    private Message last;

    /** A segment as a message; the caller's until {@link #release}. */
    Message of(Segment segment) {
        Message message;
        synchronized (lock) {
            message = last;
            last = null;
        }
        if (message == null || !message.isOf(segment)) {
            message = acquire(message, Math.min(LARGEST, Message.size(segment)));
        }
        message.fill(segment);
        return message;
    }

    private Message acquire(Message other, int size) {
        int log2 = log2(size);
        synchronized (lock) {
            if (other != null) {
                keep(other);
            }
            if (keptCount[log2] > 0) {
                return kept[log2][--keptCount[log2]];
            }
        }
        return new Message(1 << log2);
    }

    /** Takes a message back that nobody will touch any more. */
    void release(Message message) {
        synchronized (lock) {
            if (last != null) {
                keep(last);
            }
            last = message;
        }
    }

    /** Nobody is there to be sent the fragment that went last. */
    void forget() {
        synchronized (lock) {
            if (last != null) {
                keep(last);
                last = null;
            }
        }
    }

    private void keep(Message message) {
        message.forget();
        int log2 = log2(message.capacity());
        if (keptCount[log2] < MOST_KEPT) {
            kept[log2][keptCount[log2]++] = message;
        }
    }

    private static int log2(int size) {
        return Math.max(SMALLEST_LOG2, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
    }
}
