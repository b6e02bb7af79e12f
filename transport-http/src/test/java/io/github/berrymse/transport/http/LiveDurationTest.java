package io.github.berrymse.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Segment;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveDurationTest {
    private static final int TIMESCALE = 90000;
    private static final int FRAME_TICKS = 3000;
    private static final InitializationSegment INIT =
            new InitializationSegment(ByteBuffer.allocate(0), "avc1.42C01F", 1280, 720, TIMESCALE);

    /** How many segments of a duration it takes. */
    private static int segments(LiveDuration duration, int ticks) {
        int count = 1;
        while (!duration.isReachedBy(segment(ticks))) {
            count++;
        }
        return count;
    }

    private static Segment segment(int durationTicks) {
        return new Segment(INIT, null, 0, 0, durationTicks);
    }

    @Test
    void endsWithTheSampleThatReachesIt() {
        assertThat(segments(LiveDuration.of("5"), FRAME_TICKS)).isEqualTo(150);
        assertThat(segments(LiveDuration.of("0.5"), FRAME_TICKS)).isEqualTo(15);
        assertThat(segments(LiveDuration.of("0.51"), FRAME_TICKS)).isEqualTo(16);
        assertThat(segments(LiveDuration.of("0.000000001"), FRAME_TICKS)).isEqualTo(1);
    }

    @Test
    void samplesThatAreSqueezedToATickDoNotCount() {
        LiveDuration duration = LiveDuration.of("0.001"); // 90 ticks
        for (int i = 0; i < 1000; i++) {
            assertThat(duration.isReachedBy(segment(1))).isFalse();
        }
        assertThat(duration.isReachedBy(segment(FRAME_TICKS))).isTrue();
    }

    @Test
    void withoutOneThereIsNoEnd() {
        LiveDuration duration = LiveDuration.of(null);
        for (int i = 0; i < 1000; i++) {
            assertThat(duration.isReachedBy(segment(Integer.MAX_VALUE))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "0", "0.0", "-1", "+1", "1e3", "0x1", "5s", "5,5", ".5", "5.", "NaN", "Infinity", "1 2"
            })
    void whatIsNoNumberAbove0IsRefusedWithASentence(String seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LiveDuration.of(seconds))
                .withMessage("duration is a number of seconds above 0, such as 5 or 0.5, and not '" + seconds + "'");
    }
}
