package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts the fragments of one part together: the one copy that HLS makes, for all its viewers. Guarded by its owner. */
final class PartBuilder {
    private static final int USUAL_BYTES = 1 << 16;

    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES);
    private int durationTicks;
    private boolean isIndependent;

    /** @param ticks how long it lasts, 1 or more */
    void add(Fragment fragment, int sequenceNumber, long decodeTimeTicks, int ticks) {
        ByteBuffer payload = fragment.payload();
        int size = bytes.position() + fragment.headerSize() + payload.remaining();
        if (size > bytes.capacity()) {
            bytes = ByteBuffer.allocate(Math.max(size, 2 * bytes.capacity())).put(bytes.flip());
        }
        fragment.putHeader(bytes, sequenceNumber, decodeTimeTicks, ticks);
        bytes.put(payload);
        durationTicks += ticks;
        isIndependent |= fragment.isSync();
    }

    boolean isEmpty() {
        return durationTicks == 0;
    }

    int durationTicks() {
        return durationTicks;
    }

    /** What was added since the last call. */
    PartialSegment take(long number) {
        var part = new PartialSegment(
                number, durationTicks, isIndependent, Arrays.copyOf(bytes.array(), bytes.position()));
        bytes.clear();
        durationTicks = 0;
        isIndependent = false;
        return part;
    }
}
