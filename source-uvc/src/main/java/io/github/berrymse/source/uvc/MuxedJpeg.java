package io.github.berrymse.source.uvc;

import java.nio.ByteBuffer;

/**
 * Takes the H.264 access unit out of a JPEG that carries one (USB Video Class, H.264 payload 1.0: streams multiplexed in
 * MJPEG). The camera puts it into APP4 segments ahead of the JPEG's scan. The first begins with the auxiliary stream
 * header and a size; what does not fit into its 64 KiB goes on in further ones, which have no header of their own:
 *
 * <pre>
 * FF E4  length(2, big-endian, with itself)
 *        wVersion(2) wHeaderLength(2) dwStreamType(4) wWidth(2) wHeight(2) dwFrameInterval(4) wDelay(2) dwPresentationTime(4)
 *        size(4)  so many bytes in Annex B (ITU-T H.264) ...
 * FF E4  length(2)  ...
 * </pre>
 *
 * The header is little-endian, and wHeaderLength says where it ends. Damage of any kind never throws: it gives no access
 * unit, and is counted. Each JPEG stands for itself, so there is nothing to reset. Confined to the capture thread.
 */
final class MuxedJpeg {
    private static final int SOI = 0xFFD8;
    private static final int EOI = 0xFFD9;
    private static final int SOS = 0xFFDA;
    private static final int APP4 = 0xFFE4;

    private static final int HEADER_AT = 4;
    private static final int HEADER_LENGTH_AT = 6;
    private static final int STREAM_TYPE_AT = 8;
    private static final int SHORTEST = 16;
    private static final int SIZE_FIELD = 4;
    private static final int H264 = 'H' | '2' << 8 | '6' << 16 | '4' << 24;

    private static final int NONE = -1;
    private static final int DAMAGED = -2;

    private ByteBuffer joined = ByteBuffer.allocateDirect(0);
    private long malformed;

    /**
     * The access unit in a JPEG, in Annex B.
     *
     * @param jpeg as the driver delivered it, position to limit; not changed
     * @return a view on {@code jpeg} or, where several segments were joined, a buffer that the next call uses again; null
     *     when this JPEG has no access unit
     */
    ByteBuffer accessUnit(ByteBuffer jpeg) {
        ByteBuffer data = jpeg.slice(); // big-endian
        int segment = data.limit() >= 2 && marker(data, 0) == SOI ? nextApp4(data, 2) : DAMAGED;
        while (segment >= 0 && !isH264(data, segment)) {
            segment = nextApp4(data, end(data, segment));
        }
        if (segment == NONE) {
            return null;
        }
        ByteBuffer payload = segment == DAMAGED ? null : payload(data, segment);
        if (payload == null || payload.hasRemaining() && !beginsWithStartCode(payload)) {
            malformed++;
            return null;
        }
        return payload.hasRemaining() ? payload : null;
    }

    /** How many JPEGs were damaged ahead of their scan, so that an access unit may be lost. */
    long malformed() {
        return malformed;
    }

    /** The next APP4 segment, whole; or NONE ahead of the scan, or DAMAGED. What is no marker is padding. */
    private static int nextApp4(ByteBuffer data, int from) {
        int at = from;
        while (at + 2 <= data.limit()) {
            int marker = marker(data, at);
            if (marker == SOS || marker == EOI) {
                return NONE;
            } else if (marker < 0xFFC0 || marker == 0xFFFF) {
                at++;
            } else if (at + HEADER_AT > data.limit() || end(data, at) > data.limit()) {
                return DAMAGED;
            } else if (marker == APP4) {
                return at;
            } else {
                at = end(data, at);
            }
        }
        return DAMAGED;
    }

    private static int marker(ByteBuffer data, int at) {
        return Short.toUnsignedInt(data.getShort(at));
    }

    /** Where a segment ends: its length counts its own two bytes. */
    private static int end(ByteBuffer data, int segment) {
        return segment + 2 + Math.max(2, Short.toUnsignedInt(data.getShort(segment + 2)));
    }

    private static boolean isH264(ByteBuffer data, int segment) {
        return end(data, segment) - segment >= SHORTEST
                && Integer.reverseBytes(data.getInt(segment + STREAM_TYPE_AT)) == H264;
    }

    /** Null when the sizes do not agree; empty when the camera left this picture out. */
    private ByteBuffer payload(ByteBuffer data, int segment) {
        int headerLength = Short.toUnsignedInt(Short.reverseBytes(data.getShort(segment + HEADER_LENGTH_AT)));
        int start = segment + HEADER_AT + headerLength + SIZE_FIELD;
        int end = end(data, segment);
        if (start < segment + SHORTEST || start > end) {
            return null;
        }
        int size = Integer.reverseBytes(data.getInt(start - SIZE_FIELD));
        if (size < 0 || size > data.limit() - start) {
            return null;
        }
        return size <= end - start ? data.slice(start, size) : join(data, start, end, size);
    }

    private ByteBuffer join(ByteBuffer data, int start, int firstEnd, int size) {
        if (joined.capacity() < size) {
            joined = ByteBuffer.allocateDirect(Math.max(size, 2 * joined.capacity()));
        }
        joined.clear().limit(size);
        int from = start;
        int end = firstEnd;
        int done = 0;
        while (true) {
            int part = Math.min(end - from, size - done);
            joined.put(done, data, from, part);
            done += part;
            if (done == size) {
                return joined;
            }
            int segment = nextApp4(data, end);
            if (segment < 0) {
                return null;
            }
            from = segment + HEADER_AT;
            end = end(data, segment);
        }
    }

    /** Further zeros may stand ahead of it (B.1). */
    private static boolean beginsWithStartCode(ByteBuffer payload) {
        int zeros = 0;
        while (zeros < payload.limit() && payload.get(zeros) == 0) {
            zeros++;
        }
        return zeros >= 2 && zeros < payload.limit() && payload.get(zeros) == 1;
    }
}
