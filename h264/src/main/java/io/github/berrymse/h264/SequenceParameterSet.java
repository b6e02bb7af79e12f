package io.github.berrymse.h264;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** A sequence parameter set (ITU-T H.264 7.3.2.1.1): what holds for a whole coded video sequence. Immutable. */
public final class SequenceParameterSet {
    private static final Set<Integer> PROFILES_WITH_CHROMA_FORMAT =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);
    private static final int MAX_SIZE_IN_MBS = 1024;

    private final NalUnit nalUnit;
    private final int profileIdc;
    private final int constraintFlags;
    private final int levelIdc;
    private final int id;
    private final int chromaFormatIdc;
    private final boolean hasSeparateColourPlanes;
    private final int bitDepthLuma;
    private final int bitDepthChroma;
    private final int log2MaxFrameNum;
    private final int picOrderCntType;
    private final int log2MaxPicOrderCntLsb;
    private final int maxNumRefFrames;
    private final boolean allowsGapsInFrameNum;
    private final boolean isFrameMbsOnly;
    private final int width;
    private final int height;
    private final boolean hasVui;
    private final boolean isVuiMalformed;
    private final int restrictionPosition;
    private final Vui vui;

    /**
     * @param data absolute gets only
     * @param start index of the unit's header byte
     * @param end index after its last byte
     * @return nothing when it is cut off or holds impossible values; a set whose VUI alone is broken counts as one without
     */
    public static Optional<SequenceParameterSet> parse(ByteBuffer data, int start, int end) {
        var in = new BitReader(data, start, end);
        var sps = new SequenceParameterSet(in, NalUnit.copyOf(data, start, end));
        return sps.width > 0 && sps.height > 0 ? Optional.of(sps) : Optional.empty();
    }

    private SequenceParameterSet(BitReader in, NalUnit nalUnit) {
        this.nalUnit = nalUnit;
        in.u(8);
        profileIdc = in.u(8);
        constraintFlags = in.u(8);
        levelIdc = in.u(8);
        id = in.ue(31);
        boolean hasChromaFormat = PROFILES_WITH_CHROMA_FORMAT.contains(profileIdc);
        chromaFormatIdc = hasChromaFormat ? in.ue(3) : 1;
        hasSeparateColourPlanes = chromaFormatIdc == 3 && in.flag();
        bitDepthLuma = 8 + (hasChromaFormat ? in.ue(6) : 0);
        bitDepthChroma = 8 + (hasChromaFormat ? in.ue(6) : 0);
        if (hasChromaFormat) {
            in.flag(); // qpprime_y_zero_transform_bypass_flag
            skipScalingMatrix(in);
        }
        log2MaxFrameNum = 4 + in.ue(12);
        picOrderCntType = in.ue(2);
        log2MaxPicOrderCntLsb = picOrderCntType == 0 ? 4 + in.ue(12) : 0;
        if (picOrderCntType == 1) {
            skipPicOrderCntCycle(in);
        }
        maxNumRefFrames = in.ue(16);
        allowsGapsInFrameNum = in.flag();
        int widthInMbs = 1 + in.ue(MAX_SIZE_IN_MBS - 1);
        int heightInMapUnits = 1 + in.ue(MAX_SIZE_IN_MBS - 1);
        isFrameMbsOnly = in.flag();
        int fieldFactor = isFrameMbsOnly ? 1 : 2;
        if (!isFrameMbsOnly) {
            in.flag(); // mb_adaptive_frame_field_flag
        }
        in.flag(); // direct_8x8_inference_flag
        boolean isCropped = in.flag();
        long croppedX = isCropped ? (long) in.ue() + in.ue() : 0;
        long croppedY = isCropped ? (long) in.ue() + in.ue() : 0;
        hasVui = in.flag();
        boolean isSound = !in.isMalformed();
        width = isSound ? cropped(16 * widthInMbs, croppedX * cropUnitX()) : 0;
        height = isSound ? cropped(16 * heightInMapUnits * fieldFactor, croppedY * cropUnitY() * fieldFactor) : 0;
        Vui start = hasVui ? Vui.readUpToRestriction(in) : Vui.ABSENT;
        restrictionPosition = hasVui ? in.position() : in.position() - 1;
        Vui whole = hasVui ? start.readRestriction(in) : start;
        isVuiMalformed = in.isMalformed();
        vui = isVuiMalformed ? Vui.ABSENT : whole;
    }

    /** 7.3.2.1.1.1: the lists are for decoders, here they only stand in the way. */
    private void skipScalingMatrix(BitReader in) {
        if (!in.flag()) {
            return;
        }
        int lists = chromaFormatIdc == 3 ? 12 : 8;
        for (int i = 0; i < lists; i++) {
            if (in.flag()) {
                skipScalingList(in, i < 6 ? 16 : 64);
            }
        }
    }

    private static void skipScalingList(BitReader in, int size) {
        int scale = 8;
        for (int i = 0; i < size && scale != 0; i++) {
            scale = scale + in.se() & 0xff;
        }
    }

    private static void skipPicOrderCntCycle(BitReader in) {
        in.flag(); // delta_pic_order_always_zero_flag
        in.se(); // offset_for_non_ref_pic
        in.se(); // offset_for_top_to_bottom_field
        int frames = in.ue(255);
        for (int i = 0; i < frames; i++) {
            in.se();
        }
    }

    /** CropUnitX, formulas 7-19 and 7-21. */
    private int cropUnitX() {
        return !hasSeparateColourPlanes && (chromaFormatIdc == 1 || chromaFormatIdc == 2) ? 2 : 1;
    }

    /** CropUnitY for frames, formulas 7-20 and 7-22. */
    private int cropUnitY() {
        return chromaFormatIdc == 1 ? 2 : 1;
    }

    private static int cropped(int size, long by) {
        return by < size ? (int) (size - by) : 0;
    }

    /** The unit as it came, with its header and emulation prevention bytes. */
    public NalUnit nalUnit() {
        return nalUnit;
    }

    public int profileIdc() {
        return profileIdc;
    }

    /** The byte after profile_idc: constraint_set0_flag is its highest bit. */
    public int constraintFlags() {
        return constraintFlags;
    }

    /** Ten times the level's number. */
    public int levelIdc() {
        return levelIdc;
    }

    /** seq_parameter_set_id, 0 to 31. */
    public int id() {
        return id;
    }

    /** 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4. */
    public int chromaFormatIdc() {
        return chromaFormatIdc;
    }

    public boolean hasSeparateColourPlanes() {
        return hasSeparateColourPlanes;
    }

    public int bitDepthLuma() {
        return bitDepthLuma;
    }

    public int bitDepthChroma() {
        return bitDepthChroma;
    }

    /** Bits of frame_num; MaxFrameNum is two to its power. */
    public int log2MaxFrameNum() {
        return log2MaxFrameNum;
    }

    /** 0, 1 or 2; with 2, pictures are shown in the order in which they come. */
    public int picOrderCntType() {
        return picOrderCntType;
    }

    /** Bits of pic_order_cnt_lsb, 0 unless the type is 0. */
    public int log2MaxPicOrderCntLsb() {
        return log2MaxPicOrderCntLsb;
    }

    public int maxNumRefFrames() {
        return maxNumRefFrames;
    }

    /** gaps_in_frame_num_value_allowed_flag: missing frame numbers are no loss. */
    public boolean allowsGapsInFrameNum() {
        return allowsGapsInFrameNum;
    }

    /** Whether there are no fields and no macroblock pairs: frame_mbs_only_flag. */
    public boolean isFrameMbsOnly() {
        return isFrameMbsOnly;
    }

    /** Pixels after cropping. */
    public int width() {
        return width;
    }

    /** Pixels of a frame after cropping. */
    public int height() {
        return height;
    }

    public boolean hasVui() {
        return hasVui;
    }

    boolean isVuiMalformed() {
        return isVuiMalformed;
    }

    /** Bits ahead of bitstream_restriction_flag, or of vui_parameters_present_flag when there is no VUI. */
    int restrictionPosition() {
        return restrictionPosition;
    }

    /** All zero when there is none. */
    public Vui vui() {
        return vui;
    }
}
