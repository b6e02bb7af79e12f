package io.github.berrymse.source.file;

import io.github.berrymse.api.CaptureException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is given at times in place of an H.264 byte stream (ITU-T H.264 Annex B), known by its first bytes. Immutable. */
enum OtherFormat {
    TRANSPORT_STREAM("an MPEG transport stream", Remedy.TAKE_OUT),
    PROGRAM_STREAM("an MPEG program stream", Remedy.TAKE_OUT),
    MP4("an MP4 or QuickTime file", Remedy.TAKE_OUT),
    MATROSKA("a Matroska or WebM file", Remedy.TAKE_OUT),
    AVI("an AVI file", Remedy.TAKE_OUT),
    FLASH("a Flash video", Remedy.TAKE_OUT),
    H265("H.265", Remedy.ENCODE),
    JPEG("JPEG", Remedy.ENCODE),
    LEN32("a stream with a length ahead of each access unit", "give it through a pipe, with camera.framing: len32");

    private static final class Remedy {
        private static final String TAKE_OUT = "take the H.264 out of it, as ffmpeg -i IN -c copy -f h264 OUT does";
        private static final String ENCODE = "only H.264 is played";
    }

    private static final List<Integer> PACKET_SIZES = List.of(188, 192); // with 4 bytes of time on discs
    private static final byte SYNC_BYTE = 0x47;
    private static final int SYNC_BYTES = 5;
    private static final int START_CODE = 1;
    private static final int LENGTH_BYTES = 4;

    private final String words;
    private final String remedy;

    OtherFormat(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /**
     * @param name what it is called
     * @param start its first bytes, the more the better; of a transport stream also any later ones
     * @throws CaptureException when it is one of these
     */
    static void check(String name, ByteBuffer start) throws CaptureException {
        ByteBuffer bytes = start.slice();
        for (OtherFormat format : values()) {
            if (format.isAt(bytes)) {
                throw new CaptureException(name + " is " + format.words + ": " + format.remedy);
            }
        }
    }

    private boolean isAt(ByteBuffer bytes) {
        if (bytes.remaining() < 12) {
            return false;
        }
        boolean isByteStream = bytes.getInt(0) == START_CODE || bytes.getInt(0) >>> 8 == START_CODE;
        return switch (this) {
            case TRANSPORT_STREAM -> !isByteStream && PACKET_SIZES.stream().anyMatch(size -> isInPackets(bytes, size));
            case PROGRAM_STREAM -> bytes.getInt(0) == 0x1ba;
            case MP4 -> List.of("ftyp", "styp", "moov", "moof", "mdat", "wide").contains(text(bytes, 4, 4));
            case MATROSKA -> bytes.getInt(0) == 0x1a45dfa3;
            case AVI -> text(bytes, 0, 4).equals("RIFF") && text(bytes, 8, 4).equals("AVI ");
            case FLASH -> text(bytes, 0, 3).equals("FLV");
            case H265 -> isByteStream && isH265(bytes.getShort(bytes.get(2) == 1 ? 3 : 4));
            case JPEG -> bytes.getInt(0) >>> 8 == 0xffd8ff;
            case LEN32 -> !isByteStream && isFramed(bytes, 0) && isFramed(bytes, LENGTH_BYTES + bytes.getInt(0));
        };
    }

    private static boolean isInPackets(ByteBuffer bytes, int size) {
        int last = (SYNC_BYTES - 1) * size;
        for (int first = 0; first < size && first + last < bytes.limit(); first++) {
            int at = first;
            while (at <= first + last && bytes.get(at) == SYNC_BYTE) {
                at += size;
            }
            if (at > first + last) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the header of a video parameter set or of an access unit delimiter (ITU-T H.265 7.3.1.2). */
    private static boolean isH265(short header) {
        return header == 0x4001 || header == 0x4601;
    }

    /** Whether there is a length and then a start code, or the end. */
    private static boolean isFramed(ByteBuffer bytes, int at) {
        if (at + LENGTH_BYTES + 4 > bytes.limit()) {
            return at == bytes.limit();
        }
        int length = bytes.getInt(at);
        return length > 4 && length <= Len32Framing.MAX_UNIT_BYTES && bytes.getInt(at + LENGTH_BYTES) == START_CODE;
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        var letters = new byte[length];
        bytes.get(at, letters);
        return new String(letters, StandardCharsets.US_ASCII);
    }
}
