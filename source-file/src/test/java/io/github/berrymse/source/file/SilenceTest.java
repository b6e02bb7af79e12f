package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long silence must last for a picture to have ended, by the pauses of its writer. */
class SilenceTest {
    private final Silence silence = new Silence();

    @Test
    void isLongUntilTheWriterIsKnown() {
        pictures(Silence.ACQUAINTANCE - 1);
        assertThat(silence.ms()).isEqualTo(Silence.MAX_MS);
        pictures(1);
        assertThat(silence.ms()).isEqualTo(Silence.MIN_MS);
    }

    @Test
    void isTwiceTheLongestPauseWithinBounds() {
        pictures(Silence.ACQUAINTANCE);
        pause(900, 2);
        pause(1_001, 3);
        pause(12_000, 24);
        pause(5_000, 24);
        pause(30_000, 60);
        pause(50_000, 100);
        pause(Long.MAX_VALUE, 100);
    }

    @Test
    void remembersPausesOfBeforeTheWriterWasKnown() {
        silence.broken(20_000);
        pictures(Silence.ACQUAINTANCE);
        assertThat(silence.ms()).isEqualTo(40);
    }

    @Test
    void forgetsPausesAfterManyPicturesWithoutOne() {
        pictures(Silence.ACQUAINTANCE);
        silence.broken(30_000);
        pictures(Silence.MEMORY);
        silence.broken(12_000);
        assertThat(silence.ms()).isEqualTo(60);
        pictures(Silence.MEMORY);
        assertThat(silence.ms()).isEqualTo(24);
        pictures(Silence.MEMORY);
        assertThat(silence.ms()).isEqualTo(2);
    }

    private void pause(long us, int expectedMs) {
        silence.broken(us);
        assertThat(silence.ms()).isEqualTo(expectedMs);
    }

    private void pictures(int count) {
        for (int i = 0; i < count; i++) {
            silence.picture();
        }
    }
}
