package io.github.berrymse.codec.fmp4;

import static io.github.berrymse.codec.fmp4.Boxes.box;
import static io.github.berrymse.codec.fmp4.Boxes.fullBox;
import static io.github.berrymse.codec.fmp4.Boxes.u16;
import static io.github.berrymse.codec.fmp4.Boxes.u32;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.h264.PictureParameterSet;
import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.Vui;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the initialization segment: {@code ftyp} and a {@code moov} of one video track without samples. Durations are 0 and
 * there is no {@code mehd}, by which players know that the stream is live; times of creation are 0, so that the same
 * parameter sets give the same bytes. Clauses are those of ISO/IEC 14496-12 unless said otherwise. Immutable.
 */
final class MovieHeader {
    static final int TRACK_ID = 1;

    private static final int ENABLED_IN_MOVIE_AND_PREVIEW = 7;
    private static final int LANGUAGE_UNDETERMINED = 0x55c4;
    private static final int FIXED_POINT_ONE = 0x10000;
    private static final int MATRIX_ONE = 0x40000000; // 2.30 fixed point, where the rest of a matrix is 16.16
    private static final int DPI_72 = 0x480000;

    private final SequenceParameterSet sps;
    private final List<PictureParameterSet> pps;
    private final int rotationDegrees;

    private MovieHeader(SequenceParameterSet sps, List<PictureParameterSet> pps, int rotationDegrees) {
        this.sps = sps;
        this.pps = pps;
        this.rotationDegrees = rotationDegrees;
    }

    /**
     * @param pps 1 to 255 of them, all of this {@code sps}; none of the sets longer than 65535 bytes
     * @param rotationDegrees how players are to turn the pictures, clockwise: 0, 90, 180 or 270
     */
    static InitializationSegment of(SequenceParameterSet sps, List<PictureParameterSet> pps, int rotationDegrees) {
        var header = new MovieHeader(sps, pps, rotationDegrees);
        boolean isUpright = rotationDegrees % 180 == 0;
        return new InitializationSegment(
                ByteBuffer.wrap(Boxes.concat(header.ftyp(), header.moov())),
                String.format(
                        Locale.ROOT, "avc1.%02X%02X%02X", sps.profileIdc(), sps.constraintFlags(), sps.levelIdc()),
                isUpright ? sps.width() : sps.height(),
                isUpright ? sps.height() : sps.width(),
                Timeline.TIMESCALE);
    }

    /** File type, 4.3. */
    private byte[] ftyp() {
        return box("ftyp", ascii("iso5"), u32(0), ascii("iso5"), ascii("iso6"), ascii("avc1"));
    }

    /** Movie, 8.2.1. */
    private byte[] moov() {
        return box("moov", mvhd(), trak(), box("mvex", trex()));
    }

    /** Movie header, 8.2.2. */
    private byte[] mvhd() {
        return fullBox(
                "mvhd",
                0,
                0,
                u32(0, 0, Timeline.TIMESCALE, 0), // creation, modification, timescale, duration
                u32(FIXED_POINT_ONE), // rate
                u16(0x100, 0), // volume
                u32(0, 0),
                u32(FIXED_POINT_ONE, 0, 0, 0, FIXED_POINT_ONE, 0, 0, 0, MATRIX_ONE),
                new byte[24],
                u32(TRACK_ID + 1));
    }

    /** Track, 8.3.1. */
    private byte[] trak() {
        return box("trak", tkhd(), mdia());
    }

    /** Track header, 8.3.2. Width and height are those before the turn. */
    private byte[] tkhd() {
        long sarWidth = hasAspectRatio() ? sps.vui().sarWidth() : 1;
        long sarHeight = hasAspectRatio() ? sps.vui().sarHeight() : 1;
        int width = (int) Math.min(Integer.MAX_VALUE, FIXED_POINT_ONE * sarWidth * sps.width() / sarHeight);
        int height = sps.height() * FIXED_POINT_ONE;
        return fullBox(
                "tkhd",
                0,
                ENABLED_IN_MOVIE_AND_PREVIEW,
                u32(0, 0, TRACK_ID, 0, 0), // creation, modification, track, reserved, duration
                u32(0, 0),
                u16(0, 0, 0, 0), // layer, alternate group, volume
                matrix(width, height),
                u32(width, height));
    }

    /** Media, 8.4.1. */
    private byte[] mdia() {
        return box("mdia", mdhd(), hdlr(), minf());
    }

    /** Media header, 8.4.2. */
    private byte[] mdhd() {
        return fullBox("mdhd", 0, 0, u32(0, 0, Timeline.TIMESCALE, 0), u16(LANGUAGE_UNDETERMINED, 0));
    }

    /** Handler, 8.4.3. */
    private byte[] hdlr() {
        return fullBox("hdlr", 0, 0, u32(0), ascii("vide"), new byte[12], ascii("video\0"));
    }

    /** Media information, 8.4.4. */
    private byte[] minf() {
        return box("minf", vmhd(), box("dinf", dref()), stbl());
    }

    /** Video media header, 12.1.2. */
    private byte[] vmhd() {
        return fullBox("vmhd", 0, 1, u16(0, 0, 0, 0));
    }

    /** Data reference, 8.7.2: the media is in this file. */
    private byte[] dref() {
        return fullBox("dref", 0, 0, u32(1), fullBox("url ", 0, 1));
    }

    /** Sample table, 8.5.1: empty, the samples are in fragments. */
    private byte[] stbl() {
        return box(
                "stbl",
                stsd(),
                fullBox("stts", 0, 0, u32(0)),
                fullBox("stsc", 0, 0, u32(0)),
                fullBox("stsz", 0, 0, u32(0, 0)),
                fullBox("stco", 0, 0, u32(0)));
    }

    /** Sample descriptions, 8.5.2. */
    private byte[] stsd() {
        return fullBox("stsd", 0, 0, u32(1), avc1());
    }

    /** AVC sample entry, ISO/IEC 14496-15 5.4.2. */
    private byte[] avc1() {
        return box(
                "avc1",
                new byte[6],
                u16(1), // data_reference_index
                new byte[16],
                u16(sps.width(), sps.height()),
                u32(DPI_72, DPI_72, 0),
                u16(1), // frame_count
                new byte[32], // compressorname
                u16(24, -1), // depth
                avcC(),
                hasAspectRatio() ? pasp() : new byte[0]);
    }

    /** AVC decoder configuration record, ISO/IEC 14496-15 5.3.3.1. */
    private byte[] avcC() {
        int size = 7 + 2 + sps.nalUnit().size() + 4;
        for (PictureParameterSet set : pps) {
            size += 2 + set.nalUnit().size();
        }
        ByteBuffer record = ByteBuffer.allocate(size).put((byte) 1);
        record.put((byte) sps.profileIdc()).put((byte) sps.constraintFlags()).put((byte) sps.levelIdc());
        record.put((byte) (0xfc | 3)); // lengths have four bytes
        record.put((byte) (0xe0 | 1)).putShort((short) sps.nalUnit().size());
        record.put(sps.nalUnit().bytes());
        record.put((byte) pps.size());
        for (PictureParameterSet set : pps) {
            record.putShort((short) set.nalUnit().size()).put(set.nalUnit().bytes());
        }
        if (sps.profileIdc() != 66 && sps.profileIdc() != 77 && sps.profileIdc() != 88) {
            record.put((byte) (0xfc | sps.chromaFormatIdc()));
            record.put((byte) (0xf8 | sps.bitDepthLuma() - 8)).put((byte) (0xf8 | sps.bitDepthChroma() - 8));
            record.put((byte) 0); // sequence parameter set extensions
        }
        return box("avcC", Arrays.copyOf(record.array(), record.position()));
    }

    /** Pixel aspect ratio, 12.1.4. */
    private byte[] pasp() {
        return box("pasp", u32(sps.vui().sarWidth(), sps.vui().sarHeight()));
    }

    private boolean hasAspectRatio() {
        Vui vui = sps.vui();
        return vui.sarWidth() > 0 && vui.sarHeight() > 0;
    }

    /** Track extends, 8.8.3. */
    private byte[] trex() {
        return fullBox("trex", 0, 0, u32(TRACK_ID, 1, 0, 0, MovieFragment.NON_SYNC_SAMPLE_FLAGS));
    }

    /**
     * Transformation matrix, 8.3.2: a turn clockwise about the upper left corner, and the shift that brings the picture back
     * to where that corner was. Values are in the order a b u c d v x y w.
     *
     * @param width of the picture before the turn, 16.16 fixed point
     * @param height of the picture before the turn, 16.16 fixed point
     */
    private byte[] matrix(int width, int height) {
        int one = FIXED_POINT_ONE;
        return switch (rotationDegrees) {
            case 90 -> u32(0, one, 0, -one, 0, 0, height, 0, MATRIX_ONE);
            case 180 -> u32(-one, 0, 0, 0, -one, 0, width, height, MATRIX_ONE);
            case 270 -> u32(0, -one, 0, one, 0, 0, 0, width, MATRIX_ONE);
            default -> u32(one, 0, 0, 0, one, 0, 0, 0, MATRIX_ONE);
        };
    }

    private static byte[] ascii(String letters) {
        return letters.getBytes(US_ASCII);
    }
}
