package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.h264.Level.Load;
import org.junit.jupiter.api.Test;

/** Which level a stream takes, at the edges of table A-1. */
class LevelTest {

    @Test
    void sizeAndRateDecide() {
        assertThat(lowest(1280, 720, 30, 0)).isEqualTo("3.1");
        assertThat(lowest(1280, 720, 30.1, 0)).isEqualTo("3.2");
        assertThat(lowest(1920, 1080, 30, 0)).isEqualTo("4");
        assertThat(lowest(1920, 1080, 60, 0)).isEqualTo("4.2");
        assertThat(lowest(640, 480, 90, 0)).isEqualTo("3.1");
        assertThat(lowest(1280, 720, 1e7 / 333_333, 0))
                .as("30 a second, as USB says it")
                .isEqualTo("3.1");
        assertThat(lowest(176, 144, 0, 0)).as("rate unknown").isEqualTo("1");
        assertThat(lowest(3840, 2160, 30, 0)).isEqualTo("5.1");
        assertThat(lowest(4096, 32, 1, 0)).as("MaxFS alone would allow 2.1").isEqualTo("4");
    }

    @Test
    void bitRateDecidesByTheProfilesFactor() {
        assertThat(lowest(1280, 720, 30, 14_000_000)).isEqualTo("3.1");
        assertThat(lowest(1280, 720, 30, 14_000_001)).isEqualTo("3.2");
        assertThat(lowest(1280, 720, 30, 25_000_000)).isEqualTo("4.1");
        assertThat(Level.lowestFor(new Load(1280, 720, 30, 25_000_000, true))).contains(Level.L3_2);
    }

    @Test
    void noneAllowsTooMuch() {
        assertThat(Level.lowestFor(new Load(16_384, 8_192, 30, 0, false))).isEmpty();
    }

    @Test
    void namedAsDriversAndPeopleDo() {
        assertThat(Level.of("4")).contains(Level.L4);
        assertThat(Level.of("4.0")).contains(Level.L4);
        assertThat(Level.of("1b")).contains(Level.L1B);
        assertThat(Level.of("7")).isEmpty();
    }

    private static String lowest(int width, int height, double framesPerSecond, long bitrateBps) {
        return Level.lowestFor(new Load(width, height, framesPerSecond, bitrateBps, false))
                .orElseThrow()
                .toString();
    }
}
