package io.github.berrymse.codec.fmp4;

import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.SliceHeader;

/** Follows frame_num to see whether a reference frame is missing (ITU-T H.264 7.4.3). Confined to the capture thread. */
final class FrameNumbers {
    /** The smallest MaxFrameNum. */
    private static final int LOSSES_THAT_WRAP = 16;

    private int previousReference;

    /**
     * @param slice of a picture that is not IDR
     * @param sps the slice's
     */
    boolean isContinuous(SliceHeader slice, SequenceParameterSet sps, int lostBefore) {
        boolean mayHideAnIdr = lostBefore > previousReference; // after it, as many count up to there again
        if (mayHideAnIdr || lostBefore >= LOSSES_THAT_WRAP) {
            return false;
        }
        if (sps.allowsGapsInFrameNum()) {
            return lostBefore == 0;
        }
        int next = previousReference + 1 & (1 << sps.log2MaxFrameNum()) - 1;
        boolean isSecondField = slice.isField() && slice.frameNum() == previousReference;
        return slice.frameNum() == next || isSecondField;
    }

    /** The picture was packed. */
    void passed(SliceHeader slice) {
        if (slice.isReference() || slice.isIdr()) {
            previousReference = slice.frameNum();
        }
    }
}
