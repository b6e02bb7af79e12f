package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Finds the size and the rate of a range that are nearest to what was asked. */
class RangesTest {

    private static final SizeRange STEPWISE = new SizeRange(new FrameSize(32, 32), new FrameSize(2592, 1944), 2, 8);

    @Test
    void sizeWithinStepsIsTakenAsItIs() {
        assertThat(STEPWISE.nearest(new FrameSize(1280, 720))).hasToString("1280x720");
    }

    @Test
    void sizeBetweenStepsAndOutsideIsMoved() {
        assertThat(STEPWISE.nearest(new FrameSize(1281, 723))).hasToString("1282x720");
        assertThat(STEPWISE.nearest(new FrameSize(8, 9000))).hasToString("32x1944");
    }

    @Test
    void stepThatMissesTheLargestEndsBelowIt() {
        SizeRange range = new SizeRange(new FrameSize(100, 100), new FrameSize(150, 150), 40, 1);
        assertThat(range.nearest(new FrameSize(999, 120))).hasToString("140x120");
    }

    @Test
    void onlySizeIsAlwaysNearest() {
        assertThat(SizeRange.only(new FrameSize(640, 480)).nearest(new FrameSize(1, 1)))
                .hasToString("640x480");
    }

    @Test
    void distanceIsThePixelsThatAreNotShared() {
        FrameSize hd = new FrameSize(1280, 720);
        assertThat(hd.distance(hd)).isZero();
        assertThat(hd.distance(new FrameSize(1280, 960))).isEqualTo(1280 * 240);
        assertThat(hd.distance(new FrameSize(720, 1280))).isEqualTo(2 * 560 * 720);
        assertThat(new FrameSize(65535, 65535).distance(new FrameSize(1, 1))).isEqualTo(65535L * 65535 - 1);
    }

    @Test
    void rateIsTheNearestOfTheRange() {
        RateRange range = new RateRange(new FrameRate(5, 1), new FrameRate(30000, 1001));
        assertThat(range.nearest(1)).isEqualTo(new FrameRate(5, 1));
        assertThat(range.nearest(60)).isEqualTo(new FrameRate(30000, 1001));
        assertThat(range.nearest(12.5)).isEqualTo(new FrameRate(12500, 1000));
        assertThat(RateRange.only(new FrameRate(15, 1)).nearest(30)).isEqualTo(new FrameRate(15, 1));
    }
}
