package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** JPEGs with and without H.264, by the time of their capture. */
class PlainJpegsTest {

    private static final long SECOND_US = 1_000_000;

    private final PlainJpegs jpegs = new PlainJpegs();

    @Test
    void onlyPlainOnesForFiveSecondsAreTooMany() {
        assertThat(jpegs.areAll(true, 7 * SECOND_US)).isFalse();
        assertThat(jpegs.areAll(true, 8 * SECOND_US)).isFalse();
        assertThat(jpegs.areAll(true, 12 * SECOND_US - 1)).isFalse();
        assertThat(jpegs.areAll(true, 12 * SECOND_US)).isTrue();
    }

    @Test
    void h264OfALowFrameRateIsEnough() {
        for (int second = 0; second < 100; second++) {
            assertThat(jpegs.areAll(second % 2 == 0, second * SECOND_US)).isFalse();
        }
    }

    @Test
    void damagedOnesAreNotPlain() {
        assertThat(jpegs.areAll(true, 0)).isFalse();
        assertThat(jpegs.areAll(false, 2 * SECOND_US)).isFalse();
        assertThat(jpegs.areAll(false, 6 * SECOND_US)).isFalse();
        assertThat(jpegs.areAll(true, 7 * SECOND_US)).isFalse();
    }
}
