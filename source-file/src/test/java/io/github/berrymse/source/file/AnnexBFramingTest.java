package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.source.file.Streams.Unit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long silence must last before it ends an access unit, and when a picture is said to have come. */
class AnnexBFramingTest {
    private final AnnexBFraming framing = new AnnexBFraming();
    private final List<Unit> units = new ArrayList<>();

    @Test
    void silenceMeansNothingWhileNoPictureIsThere() {
        assertThat(framing.idleAfterMs()).isZero();
        assertThat(framing.idle(u -> units.add(Unit.of(u)))).isFalse();
    }

    @Test
    void silenceLastsLongerAtAWritersBlock() {
        byte[] picture =
                java.util.Arrays.copyOf(Streams.accessUnits("four-slices").get(0), 4097);
        take(ByteBuffer.wrap(picture, 0, 4096), 1);
        assertThat(framing.idleAfterMs()).isEqualTo(100);
        take(ByteBuffer.wrap(picture, 4096, 1), 2);
        assertThat(framing.idleAfterMs()).isEqualTo(2);
    }

    @Test
    void aWriterThatPausesWithinAPictureIsGivenMoreTime() {
        List<byte[]> pictures = Streams.accessUnits("four-slices");
        for (int waited = 2; waited <= 8; waited *= 2) {
            byte[] picture = pictures.get(1);
            take(ByteBuffer.wrap(picture, 0, 700), 1);
            assertThat(framing.idleAfterMs()).isEqualTo(waited);
            assertThat(framing.idle(u -> units.add(Unit.of(u)))).isTrue();
            take(ByteBuffer.wrap(picture, 700, picture.length - 700), 2);
        }
    }

    @Test
    void whatFollowsAPictureThatWasCutIsLostBeyondDoubt() {
        List<byte[]> pictures = Streams.accessUnits("four-slices");
        take(ByteBuffer.wrap(pictures.get(0)), 1);
        framing.idle(u -> units.add(Unit.of(u)));
        take(ByteBuffer.wrap(pictures.get(1), 0, 700), 2);
        framing.idle(u -> units.add(Unit.of(u)));
        take(ByteBuffer.wrap(pictures.get(1), 700, pictures.get(1).length - 700), 3);
        take(ByteBuffer.wrap(pictures.get(2)), 4);
        take(ByteBuffer.wrap(pictures.get(3)), 5);
        framing.idle(u -> units.add(Unit.of(u)));
        assertThat(units).extracting(Unit::lostBefore).containsExactly(0, 0, 16, 0);
    }

    @Test
    void aPictureCameWhenItsFirstByteCame() {
        List<byte[]> pictures = Streams.accessUnits("four-slices");
        take(ByteBuffer.wrap(pictures.get(0), 0, 100), 1000);
        take(ByteBuffer.wrap(pictures.get(0), 100, pictures.get(0).length - 100), 2000);
        take(ByteBuffer.wrap(pictures.get(1)), 34_000);
        framing.idle(u -> units.add(Unit.of(u)));
        assertThat(units).extracting(Unit::captureTimeUs).containsExactly(1000L, 34_000L);
    }

    private void take(ByteBuffer chunk, long nowUs) {
        framing.take(chunk, nowUs, u -> units.add(Unit.of(u)));
    }
}
