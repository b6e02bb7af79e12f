package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CaptureException;
import java.nio.ByteBuffer;

/**
 * Access units (ITU-T H.264 Annex B), each after its length in bytes: 32 bits, big-endian. A unit is handed over with its
 * last byte. Confined to the capture thread.
 */
final class Len32Framing implements Framing {
    static final int MAX_UNIT_BYTES = 16 << 20;

    private static final int LENGTH_BYTES = 4;

    private final String name;
    private final ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);

    /** For units that come in parts, made when the first does. */
    private ByteBuffer unit = ByteBuffer.allocateDirect(0);

    private long beganUs;

    Len32Framing(String name) {
        this.name = name;
    }

    @Override
    public boolean take(ByteBuffer chunk, long nowUs, AccessUnitSink sink) throws CaptureException {
        boolean isHanded = false;
        while (chunk.hasRemaining()) {
            if (isWhole(chunk)) {
                sink.accept(new AccessUnit(takeWhole(chunk), nowUs, 0));
                isHanded = true;
            } else if (length.hasRemaining()) {
                beganUs = length.position() == 0 ? nowUs : beganUs;
                move(chunk, length);
                if (!length.hasRemaining()) {
                    makeRoom(length.getInt(0));
                }
            } else {
                move(chunk, unit);
            }
            if (!length.hasRemaining() && !unit.hasRemaining()) {
                sink.accept(new AccessUnit(unit.flip(), beganUs, 0));
                length.clear();
                isHanded = true;
            }
        }
        return isHanded;
    }

    /** Whether the next unit is in the chunk from its length to its last byte, as nearly all are: they are not copied. */
    private boolean isWhole(ByteBuffer chunk) {
        if (length.position() > 0 || chunk.remaining() < LENGTH_BYTES) {
            return false;
        }
        int size = chunk.getInt(chunk.position());
        return size > 0 && size <= chunk.remaining() - LENGTH_BYTES;
    }

    private static ByteBuffer takeWhole(ByteBuffer chunk) {
        int size = chunk.getInt();
        ByteBuffer whole = chunk.slice(chunk.position(), size);
        chunk.position(chunk.position() + size);
        return whole;
    }

    private static void move(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(from.slice(from.position(), count));
        from.position(from.position() + count);
    }

    private void makeRoom(int size) throws CaptureException {
        if (size < 1 || size > MAX_UNIT_BYTES) {
            throw new CaptureException(name + " announces an access unit of " + Integer.toUnsignedString(size)
                    + " bytes, where 1 to " + MAX_UNIT_BYTES + " can be: is its framing really len32?");
        }
        if (size > unit.capacity()) {
            unit = ByteBuffer.allocateDirect(Math.min(MAX_UNIT_BYTES, 2 * size));
        }
        unit.clear().limit(size);
    }
}
