package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.SliceHeader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Gaps in frame_num, with MaxFrameNum 16. */
class FrameNumbersTest {
    private static final SequenceParameterSet STRICT = sps("6742001eda11e4");
    private static final SequenceParameterSet GAPS_ALLOWED = sps("6742001eda91e4");

    private final FrameNumbers numbers = new FrameNumbers();

    @Test
    void theSetsAreWhatTheTestsNeed() {
        assertThat(STRICT.log2MaxFrameNum()).isEqualTo(4);
        assertThat(STRICT.allowsGapsInFrameNum()).isFalse();
        assertThat(GAPS_ALLOWED.log2MaxFrameNum()).isEqualTo(4);
        assertThat(GAPS_ALLOWED.allowsGapsInFrameNum()).isTrue();
    }

    @Test
    void numbersGoUpByOneAndWrap() {
        passed(frame(0, true));
        for (int i = 1; i < 40; i++) {
            assertThat(isContinuous(frame(i % 16, true), 0)).isTrue();
            passed(frame(i % 16, true));
        }
    }

    @Test
    void aMissingReferenceFrameIsSeen() {
        passed(frame(3, true));
        assertThat(isContinuous(frame(5, true), 1)).isFalse();
        assertThat(isContinuous(frame(3, true), 15)).isFalse();
        assertThat(isContinuous(frame(2, true), 14)).isFalse();
    }

    @Test
    void picturesThatNothingRefersToMayBeMissing() {
        passed(frame(3, true));
        passed(frame(4, false));
        assertThat(isContinuous(frame(4, false), 1)).isTrue();
        assertThat(isContinuous(frame(4, true), 2)).isTrue();
        assertThat(isContinuous(frame(5, true), 0)).isFalse();
    }

    @Test
    void aFrameThatTheEncoderSkippedIsNoLoss() {
        passed(frame(3, true));
        assertThat(isContinuous(frame(4, true), 3)).isTrue();
        passed(frame(15, true));
        assertThat(isContinuous(frame(0, true), 15)).isTrue();
    }

    @Test
    void aLossThatCouldHideInTheWrapCountsAsOne() {
        passed(frame(15, true));
        assertThat(isContinuous(frame(0, true), 16)).isFalse();
    }

    /** 0 1 2 3 | 0 1 2 3 4: the next 4 would go on after 3, but refers to the pictures between. */
    @Test
    void aLossThatCouldHideAKeyFrameCountsAsOne() {
        passed(frame(3, true));
        assertThat(isContinuous(frame(4, true), 4)).isFalse();
        passed(frame(0, true));
        assertThat(isContinuous(frame(1, true), 1)).isFalse();
    }

    @Test
    void gapsThatTheStreamAllowsAreNoLoss() {
        passed(frame(3, true));
        assertThat(numbers.isContinuous(frame(9, true), GAPS_ALLOWED, 0)).isTrue();
    }

    @Test
    void theSecondFieldOfAFrameHasTheSameNumber() {
        passed(field(3, false));
        assertThat(isContinuous(field(3, true), 0)).isTrue();
        assertThat(isContinuous(field(4, false), 0)).isTrue();
    }

    private boolean isContinuous(SliceHeader slice, int lostBefore) {
        return numbers.isContinuous(slice, STRICT, lostBefore);
    }

    private void passed(SliceHeader slice) {
        numbers.passed(slice);
    }

    private static SliceHeader frame(int frameNum, boolean isReference) {
        return new SliceHeader(false, isReference, 0, 5, 0, 0, frameNum, false, false, 0, 0);
    }

    private static SliceHeader field(int frameNum, boolean isBottom) {
        return new SliceHeader(false, true, 0, 5, 0, 0, frameNum, true, isBottom, 0, 0);
    }

    private static SequenceParameterSet sps(String hex) {
        byte[] bytes = Streams.hex(hex);
        return SequenceParameterSet.parse(ByteBuffer.wrap(bytes), 0, bytes.length)
                .orElseThrow();
    }
}
