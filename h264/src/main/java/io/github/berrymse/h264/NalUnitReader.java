package io.github.berrymse.h264;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Steps through the NAL units of a byte stream (ITU-T H.264 B.1) without copying: each is a range of the buffer, from
 * its header byte to its last byte that is not zero. Start codes have three or four bytes; empty units are passed over, and
 * so are bytes ahead of the first start code. Confined to the thread that uses it.
 */
public final class NalUnitReader {
    private static final int START_CODE_LENGTH = 3;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final ByteBuffer data;
    private final int limit;
    private int startCode;
    private int start;
    private int end;

    /** @param data read from position to limit with absolute gets; direct or heap, never changed */
    public NalUnitReader(ByteBuffer data) {
        this.data = data;
        this.limit = data.limit();
        this.startCode = startCode(data, data.position(), limit);
    }

    /** Goes to the next unit that is not empty; false at the end. */
    public boolean next() {
        while (startCode < limit) {
            start = startCode + START_CODE_LENGTH;
            startCode = startCode(data, start, limit);
            end = withoutTrailingZeros(data, start, startCode);
            if (end > start) {
                return true;
            }
        }
        return false;
    }

    /** Index of the unit's header byte. */
    public int start() {
        return start;
    }

    /** Index after the unit's last byte. */
    public int end() {
        return end;
    }

    public int size() {
        return end - start;
    }

    /** nal_unit_type, 0 to 31. */
    public int type() {
        return data.get(start) & 0x1f;
    }

    /** Whether forbidden_zero_bit is set: something damaged the unit. */
    public boolean isForbidden() {
        return data.get(start) < 0;
    }

    /**
     * Where the next start code prefix begins, the three bytes 0, 0, 1.
     *
     * @return an index from {@code from} to {@code limit - 3}, or {@code limit} when there is none
     */
    static int startCode(ByteBuffer data, int from, int limit) {
        ByteBuffer words = data.duplicate().order(ByteOrder.nativeOrder());
        int at = from;
        for (; at + Long.BYTES + 2 <= limit; at += Long.BYTES) {
            if (hasZeroByte(words.getLong(at))) { // else none of the eight is the first of a prefix
                int found = startCode(data, at, at + Long.BYTES, limit);
                if (found < limit) {
                    return found;
                }
            }
        }
        return startCode(data, at, limit - 2, limit);
    }

    private static boolean hasZeroByte(long word) {
        return (word - LOW_BITS & ~word & HIGH_BITS) != 0;
    }

    private static int startCode(ByteBuffer data, int from, int to, int limit) {
        for (int at = from; at < to; at++) {
            if (data.get(at) == 0 && data.get(at + 1) == 0 && data.get(at + 2) == 1) {
                return at;
            }
        }
        return limit;
    }

    static int withoutTrailingZeros(ByteBuffer data, int from, int to) {
        int end = to;
        while (end > from && data.get(end - 1) == 0) {
            end--;
        }
        return end;
    }
}
