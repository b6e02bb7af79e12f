package io.github.berrymse.h264;

import java.io.ByteArrayOutputStream;

/**
 * Writes the syntax elements of a NAL unit and puts emulation prevention bytes in (ITU-T H.264 7.2, 7.3.1 and 9.1): the
 * counterpart of {@link BitReader}. Confined to the thread that uses it.
 */
final class BitWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int zeros;
    private int current;
    private int bits;

    void flag(boolean value) {
        current = current << 1 | (value ? 1 : 0);
        if (++bits == 8) {
            putByte();
        }
    }

    private void putByte() {
        if (zeros >= 2 && current <= 3) {
            bytes.write(3);
            zeros = 0;
        }
        bytes.write(current);
        zeros = current == 0 ? zeros + 1 : 0;
        current = 0;
        bits = 0;
    }

    void u(int length, int value) {
        for (int i = length - 1; i >= 0; i--) {
            flag((value >> i & 1) == 1);
        }
    }

    void ue(int value) {
        int length = 32 - Integer.numberOfLeadingZeros(value + 1);
        u(length - 1, 0);
        u(length, value + 1);
    }

    /** Ends the unit with rbsp_trailing_bits (7.3.2.11). */
    byte[] toNalUnit() {
        flag(true);
        while (bits > 0) {
            flag(false);
        }
        return bytes.toByteArray();
    }
}
