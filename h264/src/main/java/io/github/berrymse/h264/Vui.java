package io.github.berrymse.h264;

/**
 * What the video usability information says that a player needs (ITU-T H.264 E.1.1). Immutable.
 *
 * @param sarWidth sample aspect ratio, 0 when unspecified
 * @param sarHeight sample aspect ratio, 0 when unspecified
 * @param numUnitsInTick 0 when there is no timing
 * @param timeScale 0 when there is no timing
 * @param hasBitstreamRestriction whether the two figures that follow are given
 * @param maxNumReorderFrames pictures that may come before one that is shown earlier
 * @param maxDecFrameBuffering pictures the decoder must keep
 */
public record Vui(
        int sarWidth,
        int sarHeight,
        long numUnitsInTick,
        long timeScale,
        boolean hasBitstreamRestriction,
        int maxNumReorderFrames,
        int maxDecFrameBuffering) {

    /** What holds when a sequence parameter set has no VUI. */
    static final Vui ABSENT = new Vui(0, 0, 0, 0, false, 0, 0);

    private static final int EXTENDED_SAR = 255;

    /** Table E-1. */
    private static final int[][] SAR = {
        {0, 0}, {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11}, {80, 33}, {18, 11},
        {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
    };

    /** Frames per second (E.2.1: one frame lasts two ticks), or 0 when there is no timing. */
    public double framesPerSecond() {
        return numUnitsInTick == 0 ? 0 : timeScale / (2.0 * numUnitsInTick);
    }

    /** Reads up to bitstream_restriction_flag, which the reader has then before it. */
    static Vui readUpToRestriction(BitReader in) {
        int[] sar = in.flag() ? aspectRatio(in) : SAR[0];
        if (in.flag()) { // overscan_info_present_flag
            in.flag();
        }
        if (in.flag()) { // video_signal_type_present_flag
            in.u(4);
            if (in.flag()) { // colour_description_present_flag
                in.u(24);
            }
        }
        if (in.flag()) { // chroma_loc_info_present_flag
            in.ue();
            in.ue();
        }
        boolean hasTiming = in.flag();
        long numUnitsInTick = hasTiming ? in.u32(32) : 0;
        long timeScale = hasTiming ? in.u32(32) : 0;
        if (hasTiming) {
            in.flag(); // fixed_frame_rate_flag
        }
        boolean hasNalHrd = hrdParameters(in);
        boolean hasVclHrd = hrdParameters(in);
        if (hasNalHrd || hasVclHrd) {
            in.flag(); // low_delay_hrd_flag
        }
        in.flag(); // pic_struct_present_flag
        return new Vui(sar[0], sar[1], numUnitsInTick, timeScale, false, 0, 0);
    }

    /** Reads what follows up to the end of the VUI. */
    Vui readRestriction(BitReader in) {
        if (!in.flag()) {
            return this;
        }
        in.flag(); // motion_vectors_over_pic_boundaries_flag
        in.ue(); // max_bytes_per_pic_denom
        in.ue(); // max_bits_per_mb_denom
        in.ue(); // log2_max_mv_length_horizontal
        in.ue(); // log2_max_mv_length_vertical
        int maxNumReorderFrames = in.ue();
        int maxDecFrameBuffering = in.ue();
        return new Vui(sarWidth, sarHeight, numUnitsInTick, timeScale, true, maxNumReorderFrames, maxDecFrameBuffering);
    }

    private static int[] aspectRatio(BitReader in) {
        int idc = in.u(8);
        if (idc == EXTENDED_SAR) {
            return new int[] {in.u(16), in.u(16)};
        }
        return idc < SAR.length ? SAR[idc] : SAR[0];
    }

    /** E.1.2. */
    private static boolean hrdParameters(BitReader in) {
        boolean present = in.flag();
        if (present) {
            int count = in.ue(31) + 1;
            in.u(8); // bit_rate_scale, cpb_size_scale
            for (int i = 0; i < count; i++) {
                in.ue();
                in.ue();
                in.flag();
            }
            in.u(20); // four lengths
        }
        return present;
    }
}
