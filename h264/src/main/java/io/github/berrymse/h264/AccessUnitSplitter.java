package io.github.berrymse.h264;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Divides a byte stream into access units (ITU-T H.264 7.4.1.2.3). The bytes come in pieces of any size. A unit ends where
 * the next begins, or where {@link #flush} says that no more is coming. Confined to the thread that uses it.
 */
public final class AccessUnitSplitter {
    /** A greater access unit is dropped. */
    public static final int MAX_UNIT_BYTES = 8 << 20;

    private static final int PIECE_BYTES = 256 << 10;
    private static final int START_CODE_LENGTH = 3;
    private static final int COLOUR_PLANE_REACH = 16;

    private final Consumer<ByteBuffer> out;
    private ByteBuffer bytes = ByteBuffer.allocate(PIECE_BYTES);
    private long discarded;
    private int unitStart;
    private int nalStart = -1;
    private int scanned;
    private boolean isOpen;
    private boolean hasVcl;
    private boolean isFlushed;
    private boolean isRestVcl;
    private SequenceParameterSet sps;
    private long droppedUnits;
    private long tornUnits;

    /**
     * @param out takes each access unit, from position to limit with its start codes; the bytes are valid until it returns
     */
    public AccessUnitSplitter(Consumer<ByteBuffer> out) {
        this.out = out;
    }

    /** Takes the bytes from position to limit; every access unit that is then known to be complete goes out. */
    public void append(ByteBuffer chunk) {
        int end = chunk.limit();
        while (chunk.position() < end) {
            chunk.limit(Math.min(end, chunk.position() + PIECE_BYTES));
            makeRoom(chunk.remaining());
            bytes.put(chunk);
            scan();
        }
        chunk.limit(end);
    }

    /** The input is idle: if there is a picture in the bytes so far, it is complete and goes out. */
    public void flush() {
        if (!hasPicture()) {
            return;
        }
        int undecided = NalUnitReader.startCode(bytes, scanned, bytes.position());
        int end = NalUnitReader.withoutTrailingZeros(bytes, unitStart, undecided);
        isRestVcl = NalUnitType.isVcl(type(nalStart));
        emit(end);
        scanned = end;
        isOpen = false;
        isFlushed = true;
    }

    /** Bytes of the stream ahead of the access unit that is being handed out, or waits for its end. */
    public long unitPosition() {
        return discarded + unitStart;
    }

    /** Whether bytes of an access unit wait for its end. */
    public boolean isPending() {
        return isOpen;
    }

    /** Whether the bytes of that access unit hold a picture so far, which {@link #flush} would hand out. */
    public boolean hasPicture() {
        return isOpen && hasVcl;
    }

    /** Access units that were dropped because they were too big. */
    public long droppedUnits() {
        return droppedUnits;
    }

    /** Access units that went out at a {@link #flush} though more slice data was to come; that rest is dropped. */
    public long tornUnits() {
        return tornUnits;
    }

    private void scan() {
        int end = bytes.position();
        int code = NalUnitReader.startCode(bytes, scanned, end);
        while (code < end && isDecidable(code + START_CODE_LENGTH, end)) {
            endNalUnit(code);
            beginNalUnit(code);
            scanned = code + START_CODE_LENGTH;
            code = NalUnitReader.startCode(bytes, scanned, end);
        }
        if (code == end) {
            code = Math.max(scanned, end - 2); // a start code may be half there
        }
        if (!isOpen) {
            skip(withZeroByte(code));
        } else if (end - unitStart > MAX_UNIT_BYTES) {
            droppedUnits++;
            isOpen = false;
            unitStart = withZeroByte(code);
        }
        scanned = code;
    }

    /** Whether enough of the NAL unit is there to see whether it begins an access unit. */
    private boolean isDecidable(int header, int end) {
        if (header >= end) {
            return false;
        }
        boolean isSlice = NalUnitType.hasSliceHeader(type(header));
        int reach = sps != null && sps.hasSeparateColourPlanes() ? COLOUR_PLANE_REACH : 2;
        return header + (isSlice ? reach : 1) <= end;
    }

    private void endNalUnit(int code) {
        if (nalStart >= 0 && type(nalStart) == NalUnitType.SPS) {
            sps = SequenceParameterSet.parse(bytes, nalStart, code).orElse(sps);
        }
    }

    private void beginNalUnit(int code) {
        int header = code + START_CODE_LENGTH;
        int start = withZeroByte(code);
        boolean canBegin = canBeginAccessUnit(header);
        if (isOpen && hasVcl && canBegin) {
            emit(start);
        } else if (!isOpen && canBegin) {
            skip(start);
            isOpen = true;
            isFlushed = false;
        } else if (!isOpen) {
            skip(start);
            isRestVcl = NalUnitType.isVcl(type(header));
            skip(header + 1);
        }
        nalStart = isOpen ? header : -1;
        hasVcl |= isOpen && NalUnitType.isVcl(type(header));
    }

    /** Where a start code begins when the zero_byte ahead of it counts (B.1.2). */
    private int withZeroByte(int code) {
        return code > unitStart && bytes.get(code - 1) == 0 ? code - 1 : code;
    }

    private boolean canBeginAccessUnit(int header) {
        int type = type(header);
        if (!NalUnitType.hasSliceHeader(type)) {
            return NalUnitType.opensAccessUnit(type);
        }
        boolean isFirstSlice = bytes.get(header + 1) < 0; // first_mb_in_slice is 0: its code is one bit, 1
        return isFirstSlice && colourPlane(header) == 0;
    }

    private int colourPlane(int header) {
        if (sps == null || !sps.hasSeparateColourPlanes()) {
            return 0;
        }
        return SliceHeader.parse(bytes, header, bytes.position(), id -> sps)
                .map(SliceHeader::colourPlane)
                .orElse(0);
    }

    private int type(int header) {
        return bytes.get(header) & 0x1f;
    }

    private void emit(int end) {
        out.accept(bytes.slice(unitStart, end - unitStart));
        unitStart = end;
        nalStart = -1;
        hasVcl = false;
    }

    /** Leaves out bytes that belong to no access unit that can still be completed. */
    private void skip(int to) {
        if (isFlushed && isRestVcl && NalUnitReader.withoutTrailingZeros(bytes, unitStart, to) > unitStart) {
            tornUnits++;
            isFlushed = false;
        }
        unitStart = to;
        hasVcl = false;
        nalStart = -1;
    }

    private void makeRoom(int needed) {
        if (bytes.remaining() >= needed) {
            return;
        }
        int kept = bytes.position() - unitStart;
        bytes.flip().position(unitStart);
        bytes = kept + needed > bytes.capacity()
                ? ByteBuffer.allocate(Math.max(2 * bytes.capacity(), kept + needed))
                        .put(bytes)
                : bytes.compact();
        discarded += unitStart;
        scanned -= unitStart;
        nalStart = nalStart < 0 ? -1 : nalStart - unitStart;
        unitStart = 0;
    }
}
