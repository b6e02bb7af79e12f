package io.github.berrymse.h264;

import java.util.Optional;

/**
 * Says in a sequence parameter set that pictures are never reordered (ITU-T H.264 E.2.1, bitstream_restriction_flag).
 * Where it is not said, hardware decoders hold back as many pictures as the level allows. Immutable.
 */
public final class BitstreamRestriction {
    private static final int BASELINE = 66;

    private BitstreamRestriction() {}

    /**
     * Adds max_num_reorder_frames 0 to a set that leaves it open though its pictures cannot be reordered: they are shown
     * as they come (pic_order_cnt_type 2), or the profile has no B slices.
     *
     * @return the new set, or the same one when it says it already, when its pictures may be reordered, or when its VUI
     *     cannot be read
     */
    public static SequenceParameterSet addTo(SequenceParameterSet sps) {
        boolean isNeverReordered = sps.picOrderCntType() == 2 || sps.profileIdc() == BASELINE;
        if (sps.vui().hasBitstreamRestriction() || sps.isVuiMalformed() || !isNeverReordered) {
            return sps;
        }
        NalUnit rewritten = rewrite(sps);
        return parse(rewritten).filter(s -> s.vui().hasBitstreamRestriction()).orElse(sps);
    }

    private static Optional<SequenceParameterSet> parse(NalUnit unit) {
        return SequenceParameterSet.parse(unit.bytes(), 0, unit.size());
    }

    private static NalUnit rewrite(SequenceParameterSet sps) {
        var in = new BitReader(sps.nalUnit().bytes(), 0, sps.nalUnit().size());
        var out = new BitWriter();
        while (in.position() < sps.restrictionPosition()) {
            out.flag(in.flag());
        }
        if (!sps.hasVui()) {
            out.flag(true); // vui_parameters_present_flag
            out.u(8, 0); // no aspect ratio, overscan, video signal, chroma location, timing, two HRDs, pic_struct
        }
        out.flag(true); // bitstream_restriction_flag
        out.flag(true); // motion_vectors_over_pic_boundaries_flag
        out.ue(0); // max_bytes_per_pic_denom: no limit
        out.ue(0); // max_bits_per_mb_denom: no limit
        out.ue(15); // log2_max_mv_length_horizontal
        out.ue(15); // log2_max_mv_length_vertical
        out.ue(0); // max_num_reorder_frames
        out.ue(Math.max(1, sps.maxNumRefFrames())); // max_dec_frame_buffering
        return NalUnit.of(out.toNalUnit());
    }
}
