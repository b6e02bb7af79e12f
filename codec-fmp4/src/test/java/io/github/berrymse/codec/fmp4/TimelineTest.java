package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations from capture times: no drift at any rate, no hole after any stall. */
class TimelineTest {
    private static final int FRAMES = 20_000;

    @ParameterizedTest
    @CsvSource({"15", "24", "25", "29.97", "30", "50", "60", "12.5", "59.94"})
    void mediaTimeIsCaptureTimeAtEveryRate(double framesPerSecond) {
        var timeline = new Timeline();
        long capturedUs = 0;
        for (int i = 0; i < FRAMES; i++) {
            capturedUs = Math.round(i * 1e6 / framesPerSecond);
            timeline.advanceTo(77_777_777 + capturedUs);
        }
        assertThat(timeline.endTicks()).isEqualTo(1 + capturedUs * 9 / 100);
    }

    @Test
    void mediaTimeIsCaptureTimeAfterAYear() {
        var timeline = new Timeline();
        long seconds = 365L * 24 * 3600;
        for (long second = 0; second <= seconds; second++) {
            timeline.advanceTo(Long.MAX_VALUE / 2 + second * 1_000_000);
        }
        assertThat(timeline.endTicks()).isEqualTo(1 + seconds * 90_000);
    }

    @Test
    void picturesThatComeAllAtOnceAreMadeUpForByTheNext() {
        var timeline = new Timeline();
        for (int us = 0; us < 1000; us++) {
            assertThat(timeline.advanceTo(us)).isEqualTo(1);
        }
        timeline.advanceTo(33_333);
        assertThat(timeline.endTicks()).isEqualTo(1 + 33_333 * 9 / 100);
    }

    @Test
    void anUnevenClockDoesNotDriftEither() {
        var timeline = new Timeline();
        var random = new Random(4);
        long capturedUs = 0;
        for (int i = 0; i < FRAMES; i++) {
            capturedUs = i * 33_333L + (i == 0 ? 0 : random.nextInt(30_000) - 15_000);
            int duration = timeline.advanceTo(capturedUs);
            assertThat(duration).isBetween(1, 6000);
        }
        assertThat(timeline.endTicks()).isEqualTo(1 + capturedUs * 9 / 100);
    }

    @Test
    void aPictureThatIsNotLaterLastsOneTickAndTheNextMakesUpForIt() {
        var timeline = new Timeline();
        assertThat(timeline.advanceTo(0)).isEqualTo(1);
        assertThat(timeline.advanceTo(40_000)).isEqualTo(3600);
        assertThat(timeline.advanceTo(40_000)).isEqualTo(1);
        assertThat(timeline.advanceTo(30_000)).isEqualTo(1);
        assertThat(timeline.advanceTo(80_000)).isEqualTo(3598);
    }

    @Test
    void aGapOfMoreThanASecondIsSqueezedToTheUsualDuration() {
        var timeline = new Timeline();
        timeline.advanceTo(0);
        timeline.advanceTo(40_000);
        assertThat(timeline.advanceTo(1_040_000)).isEqualTo(90_000);
        timeline.advanceTo(1_080_000);
        assertThat(timeline.advanceTo(9_000_000)).isEqualTo(3600);
        assertThat(timeline.advanceTo(9_040_000)).isEqualTo(3600);
    }

    @Test
    void aClockThatJumpsBackGoesOnAtTheUsualPace() {
        var timeline = new Timeline();
        timeline.advanceTo(50_000_000);
        timeline.advanceTo(50_040_000);
        assertThat(timeline.advanceTo(1_000)).isEqualTo(3600);
        assertThat(timeline.advanceTo(41_000)).isEqualTo(3600);
        assertThat(timeline.endTicks()).isEqualTo(1 + 3 * 3600);
    }

    @Test
    void goesOnWithoutAHoleAfterARestartWithAnotherClock() {
        var timeline = new Timeline();
        timeline.advanceTo(5_000_000);
        timeline.advanceTo(5_020_000);
        timeline.restart();
        assertThat(timeline.advanceTo(123)).isEqualTo(1800);
        assertThat(timeline.advanceTo(20_123)).isEqualTo(1800);
    }

    @Test
    void aRestartBeforeTheFirstPictureChangesNothing() {
        var timeline = new Timeline();
        timeline.restart();
        assertThat(timeline.advanceTo(99)).isEqualTo(1);
    }
}
