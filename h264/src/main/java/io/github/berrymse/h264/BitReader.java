package io.github.berrymse.h264;

import java.nio.ByteBuffer;

/**
 * Reads the syntax elements of a NAL unit (ITU-T H.264 7.2 and 9.1), passing over emulation prevention bytes (7.3.1). Its
 * methods are named by the descriptors of the syntax tables. At the end of the unit, or at an impossible code, it does not
 * throw: it turns {@link #isMalformed} and gives zeros. Confined to the thread that uses it.
 */
final class BitReader {
    private final ByteBuffer data;
    private final int end;
    private int next;
    private int zeros;
    private int current;
    private int bitsLeft;
    private int position;
    private boolean malformed;

    /** @param start index of the unit's header byte */
    BitReader(ByteBuffer data, int start, int end) {
        this.data = data;
        this.next = start;
        this.end = end;
    }

    /** Whether what was read so far is not to be trusted. */
    boolean isMalformed() {
        return malformed;
    }

    /** Bits read so far, without emulation prevention, the header's among them. */
    int position() {
        return position;
    }

    boolean flag() {
        if (bitsLeft == 0) {
            if (!nextByte()) {
                malformed = true;
                return false;
            }
            bitsLeft = 8;
        }
        bitsLeft--;
        position++;
        return (current >> bitsLeft & 1) == 1;
    }

    private boolean nextByte() {
        if (zeros >= 2 && next < end && data.get(next) == 3) {
            next++;
            zeros = 0;
        }
        if (next >= end) {
            return false;
        }
        current = data.get(next++);
        zeros = current == 0 ? zeros + 1 : 0;
        return true;
    }

    /** Unsigned, of up to 31 bits. */
    int u(int bits) {
        return (int) u32(bits);
    }

    /** Unsigned, of up to 32 bits. */
    long u32(int bits) {
        long value = 0;
        for (int i = 0; i < bits; i++) {
            value = value << 1 | (flag() ? 1 : 0);
        }
        return value;
    }

    /** Unsigned Exp-Golomb code; what an int cannot hold becomes its greatest value. */
    int ue() {
        int leadingZeros = 0;
        while (!malformed && !flag()) {
            leadingZeros++;
            malformed |= leadingZeros > 32;
        }
        if (malformed) {
            return 0;
        }
        return (int) Math.min(Integer.MAX_VALUE, (1L << leadingZeros) - 1 + u32(leadingZeros));
    }

    /** Unsigned Exp-Golomb code that is malformed when greater than {@code max}. */
    int ue(int max) {
        int value = ue();
        if (value > max) {
            malformed = true;
            return 0;
        }
        return value;
    }

    /** Signed Exp-Golomb code. */
    int se() {
        int code = ue();
        return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
    }
}
