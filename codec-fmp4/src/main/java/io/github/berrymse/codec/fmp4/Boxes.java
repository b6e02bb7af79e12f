package io.github.berrymse.codec.fmp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts boxes together (ISO/IEC 14496-12 4.2). Immutable. */
final class Boxes {
    private static final int HEADER_SIZE = 8;

    private Boxes() {}

    /** A box: its size, its type of four letters, its contents one after the other. */
    static byte[] box(String type, byte[]... contents) {
        return concat(
                ByteBuffer.allocate(HEADER_SIZE)
                        .putInt(HEADER_SIZE + length(contents))
                        .put(type.getBytes(StandardCharsets.US_ASCII))
                        .array(),
                concat(contents));
    }

    /** A box with version and flags ahead of its contents. */
    static byte[] fullBox(String type, int version, int flags, byte[]... contents) {
        byte[] versionAndFlags =
                ByteBuffer.allocate(4).putInt(version << 24 | flags).array();
        return box(type, versionAndFlags, concat(contents));
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer whole = ByteBuffer.allocate(length(parts));
        for (byte[] part : parts) {
            whole.put(part);
        }
        return whole.array();
    }

    private static int length(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        return length;
    }

    /** Numbers of 32 bits. */
    static byte[] u32(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    /** Numbers of 16 bits. */
    static byte[] u16(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }
}
