package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CaptureException;
import io.github.berrymse.source.file.Streams.Unit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long silence must last before it ends an access unit, what comes of a cut one, and when a picture has come. */
class AnnexBFramingTest {
    private final AnnexBFraming framing = new AnnexBFraming("the pipe");
    private final List<byte[]> pictures = Streams.accessUnits("four-slices");
    private final List<Unit> units = new ArrayList<>();
    private long nowUs;
    private long received;

    @Test
    void silenceMeansNothingWhileNoPictureIsThere() {
        assertThat(framing.idleAfterMs()).isZero();
        assertThat(idle()).isFalse();
        take(pictures.get(0), 0, 20, 0);
        assertThat(framing.idleAfterMs()).isZero();
        assertThat(idle()).isFalse();
    }

    @Test
    void silenceLastsLongUntilTheWriterIsKnown() {
        take(pictures.get(0), 0);
        assertThat(framing.idleAfterMs()).isEqualTo(100);
        assertThat(idle()).isTrue();
        becomeKnown();
        take(pictures.get(0), 0);
        assertThat(framing.idleAfterMs()).isEqualTo(2);
    }

    @Test
    void silenceLastsLongerAtAWritersBlock() {
        becomeKnown();
        byte[] picture = Arrays.copyOf(pictures.get(0), 8192);
        int toBlock = (int) (4096 - received % 4096);
        take(picture, 0, toBlock, 0);
        assertThat(framing.idleAfterMs()).isEqualTo(100);
        take(picture, toBlock, toBlock + 1, 40_000);
        assertThat(framing.idleAfterMs()).isEqualTo(2);
    }

    @Test
    void aWriterThatPausesWithinPicturesIsGivenTwiceTheTime() {
        becomeKnown();
        takeWithPause(pictures.get(1), 12_000);
        assertThat(framing.idleAfterMs()).isEqualTo(24);
        takeWithPause(pictures.get(2), 30_400);
        assertThat(framing.idleAfterMs()).isEqualTo(61);
        takeWithPause(pictures.get(3), 3_000_000);
        assertThat(framing.idleAfterMs()).isEqualTo(100);
    }

    @Test
    void aPauseThatCutAPictureCountsToo() {
        becomeKnown();
        take(pictures.get(1), 0, 700, 33_000);
        assertThat(idle()).isTrue();
        take(pictures.get(1), 700, pictures.get(1).length, 12_000);
        take(pictures.get(2), 0);
        assertThat(framing.idleAfterMs()).isEqualTo(24);
    }

    @Test
    void pausesBetweenPicturesDoNotCount() {
        becomeKnown();
        for (byte[] picture : pictures) {
            take(picture, 33_000);
        }
        take(pictures.get(0), 0, 2, 0);
        take(pictures.get(0), 2, pictures.get(0).length, 33_000);
        take(pictures.get(1), 0);
        assertThat(framing.idleAfterMs()).isEqualTo(2);
    }

    @Test
    void whatFollowsAPictureThatWasCutIsLostBeyondDoubt() {
        take(pictures.get(0), 0);
        assertThat(idle()).isTrue();
        take(pictures.get(1), 0, 700, 0);
        assertThat(idle()).isTrue();
        take(pictures.get(1), 700, pictures.get(1).length, 0);
        take(pictures.get(2), 0);
        take(pictures.get(3), 0);
        assertThat(idle()).isTrue();
        assertThat(units).extracting(Unit::lostBefore).containsExactly(0, 0, 16, 0);
    }

    @Test
    void aPictureCameWhenItsFirstByteCame() {
        take(pictures.get(0), 0, 100, 1000);
        take(pictures.get(0), 100, pictures.get(0).length, 1000);
        take(pictures.get(1), 32_000);
        assertThat(idle()).isTrue();
        assertThat(units).extracting(Unit::captureTimeUs).containsExactly(1000L, 34_000L);
    }

    @Test
    void theLastPictureIsTakenUnlessTheWriterEndedAtABlock() {
        take(pictures.get(0), 0);
        assertThat(framing.ended(unit -> units.add(Unit.of(unit)))).isTrue();
        byte[] picture = Arrays.copyOf(pictures.get(1), 8192);
        take(picture, 0, (int) (4096 - received % 4096), 0);
        assertThat(framing.ended(unit -> units.add(Unit.of(unit)))).isFalse();
        assertThat(units).hasSize(1);
    }

    @Test
    void theLastPictureIsNotTakenWhenItEndsAtABlockOfItsOwn() {
        take(pictures.get(0), 0);
        assertThat(idle()).isTrue();
        byte[] picture = Arrays.copyOf(pictures.get(1), 8192);
        take(picture, 0, 4096, 0);
        assertThat(framing.ended(unit -> units.add(Unit.of(unit)))).isFalse();
        take(picture, 4096, 4097, 0);
        assertThat(framing.ended(unit -> units.add(Unit.of(unit)))).isTrue();
    }

    /** So many pictures without a pause that the writer is believed to make none. */
    private void becomeKnown() {
        for (int i = 0; i <= Silence.ACQUAINTANCE; i++) {
            take(pictures.get(1), 33_000);
        }
    }

    private void takeWithPause(byte[] picture, long pauseUs) {
        take(picture, 0, 700, 33_000);
        take(picture, 700, picture.length, pauseUs);
    }

    private void take(byte[] picture, long laterUs) {
        take(picture, 0, picture.length, laterUs);
    }

    private void take(byte[] picture, int from, int to, long laterUs) {
        nowUs += laterUs;
        received += to - from;
        try {
            framing.take(ByteBuffer.wrap(picture, from, to - from), nowUs, u -> units.add(Unit.of(u)));
        } catch (CaptureException e) {
            throw new AssertionError(e);
        }
    }

    private boolean idle() {
        return framing.idle(u -> units.add(Unit.of(u)));
    }
}
