package io.github.berrymse.h264;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of one NAL unit, kept: header to last byte, without start code. Immutable; equal when its bytes are. */
public final class NalUnit {
    private final byte[] bytes;

    private NalUnit(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the bytes from {@code start} to {@code end} with absolute gets. */
    public static NalUnit copyOf(ByteBuffer data, int start, int end) {
        var bytes = new byte[end - start];
        data.get(start, bytes);
        return new NalUnit(bytes);
    }

    static NalUnit of(byte[] bytes) {
        return new NalUnit(bytes.clone());
    }

    public int size() {
        return bytes.length;
    }

    /** A read-only view, from 0 to {@link #size}. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Whether it says the same (RBSP, 7.3.1): the header, where nal_ref_idc is, may differ. */
    public boolean hasSameRbsp(NalUnit other) {
        return Arrays.equals(bytes, 1, bytes.length, other.bytes, 1, other.bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NalUnit unit && Arrays.equals(bytes, unit.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
