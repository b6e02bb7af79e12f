package io.github.berrymse.h264;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The start of a slice header (ITU-T H.264 7.3.3): enough to tell one picture from the next and to see that a reference
 * frame is missing. Immutable.
 *
 * @param isIdr whether nal_unit_type is 5
 * @param isReference whether nal_ref_idc is not 0
 * @param firstMb first_mb_in_slice
 * @param sliceType 0 to 9: P, B, I, SP, SI, and the same again
 * @param ppsId pic_parameter_set_id
 * @param colourPlane colour_plane_id, 0 when colours are not separate
 * @param frameNum frame_num, or {@link #UNKNOWN} without the sequence parameter set
 * @param isField field_pic_flag
 * @param isBottomField bottom_field_flag
 * @param idrPicId idr_pic_id, 0 when the picture is not IDR
 * @param picOrderCntLsb pic_order_cnt_lsb, 0 when the stream has none
 */
public record SliceHeader(
        boolean isIdr,
        boolean isReference,
        int firstMb,
        int sliceType,
        int ppsId,
        int colourPlane,
        int frameNum,
        boolean isField,
        boolean isBottomField,
        int idrPicId,
        int picOrderCntLsb) {

    /** What {@link #frameNum} is when no sequence parameter set says how many bits it has. */
    public static final int UNKNOWN = -1;

    private static final int B = 1;

    /**
     * @param data absolute gets only
     * @param start index of the unit's header byte, of a type that has a slice header
     * @param end index after its last byte
     * @param spsOfPps gives the sequence parameter set for a pic_parameter_set_id, or null
     * @return nothing when it is cut off or holds impossible values
     */
    public static Optional<SliceHeader> parse(
            ByteBuffer data, int start, int end, IntFunction<SequenceParameterSet> spsOfPps) {
        var in = new BitReader(data, start, end);
        int nalHeader = in.u(8);
        boolean isIdr = (nalHeader & 0x1f) == NalUnitType.IDR_SLICE;
        boolean isReference = (nalHeader & 0x60) != 0;
        int firstMb = in.ue();
        int sliceType = in.ue(9);
        int ppsId = in.ue(255);
        SequenceParameterSet sps = in.isMalformed() ? null : spsOfPps.apply(ppsId);
        SliceHeader header = sps == null
                ? new SliceHeader(isIdr, isReference, firstMb, sliceType, ppsId, 0, UNKNOWN, false, false, 0, 0)
                : readRest(in, sps, isIdr, isReference, firstMb, sliceType, ppsId);
        return in.isMalformed() ? Optional.empty() : Optional.of(header);
    }

    private static SliceHeader readRest(
            BitReader in,
            SequenceParameterSet sps,
            boolean isIdr,
            boolean isReference,
            int firstMb,
            int sliceType,
            int ppsId) {
        int colourPlane = sps.hasSeparateColourPlanes() ? in.u(2) : 0;
        int frameNum = in.u(sps.log2MaxFrameNum());
        boolean isField = !sps.isFrameMbsOnly() && in.flag();
        boolean isBottomField = isField && in.flag();
        int idrPicId = isIdr ? in.ue(65535) : 0;
        int picOrderCntLsb = in.u(sps.log2MaxPicOrderCntLsb());
        return new SliceHeader(
                isIdr,
                isReference,
                firstMb,
                sliceType,
                ppsId,
                colourPlane,
                frameNum,
                isField,
                isBottomField,
                idrPicId,
                picOrderCntLsb);
    }

    /** Whether the slice predicts from two lists, so that pictures may come in another order than they are shown. */
    public boolean isB() {
        return sliceType % 5 == B;
    }

    /**
     * Whether another slice that came after this one in the stream is of the same frame (7.4.1.2.4); the two fields of a
     * frame count as one.
     */
    public boolean isSameFrame(SliceHeader later) {
        if (frameNum == UNKNOWN || later.frameNum == UNKNOWN) {
            return true;
        }
        if (isField && later.isField && isBottomField != later.isBottomField) {
            return frameNum == later.frameNum;
        }
        return frameNum == later.frameNum
                && isIdr == later.isIdr
                && isReference == later.isReference
                && isField == later.isField
                && idrPicId == later.idrPicId
                && picOrderCntLsb == later.picOrderCntLsb;
    }
}
