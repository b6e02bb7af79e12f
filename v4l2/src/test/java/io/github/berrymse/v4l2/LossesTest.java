package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Counts over sequences of frame numbers as drivers give them. */
class LossesTest {

    private final Losses losses = new Losses();

    @Test
    void gapInTheSequenceIsLost() {
        assertThat(losses.before(frame(7))).as("nothing went before").isZero();
        assertThat(losses.before(frame(8))).isZero();
        assertThat(losses.before(frame(11))).isEqualTo(2);
    }

    @Test
    void droppedFrameIsCountedOnceThoughItAlsoLeavesAGap() {
        losses.before(frame(1));
        losses.dropped();
        assertThat(losses.before(frame(3))).isEqualTo(1);
        assertThat(losses.before(frame(4))).isZero();
    }

    @Test
    void droppedFrameCountsForADriverThatDoesNotCount() {
        losses.before(frame(0));
        losses.dropped();
        assertThat(losses.before(frame(0))).isEqualTo(1);
        assertThat(losses.before(frame(0))).isZero();
    }

    @Test
    void oldBufferThatALateReaderGetsFirstIsNoLoss() {
        losses.dropped();
        assertThat(losses.before(frame(512))).isZero();
    }

    @Test
    void sequenceMayWrapOrBeginAnew() {
        losses.before(frame(-2));
        assertThat(losses.before(frame(-1))).isZero();
        assertThat(losses.before(frame(1))).as("0 is missing").isEqualTo(1);
        losses.before(frame(500));
        assertThat(losses.before(frame(0))).isZero();
    }

    private static Frame frame(int sequence) {
        return new Frame(0, ByteBuffer.allocate(1), sequence, 0, true, false);
    }
}
