package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Fragment;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Measures fragments of a made-up camera of 30 frames a second. */
class StreamMeterTest {

    private final StreamMeter meter = new StreamMeter();

    private static Fragment late(TestFragment fragment, long captureTimeUs) {
        return (Fragment) Proxy.newProxyInstance(
                Fragment.class.getClassLoader(),
                new Class<?>[] {Fragment.class},
                (proxy, method, arguments) ->
                        method.getName().equals("captureTimeUs") ? captureTimeUs : method.invoke(fragment, arguments));
    }

    @Test
    void rateAndBitRateAreThoseOfTheLastTwoSeconds() {
        TestFragment.from(0, 100).forEach(meter::add);
        assertThat(meter.framesPerSecond()).isBetween(29.99, 30.01);
        assertThat(meter.bitrateBps()).isBetween(23_990L, 24_010L);
    }

    @Test
    void keyFrameIntervalIsThatOfTheTimelineAlsoWhenTheCameraStoodStill() {
        meter.add(TestFragment.key(0));
        assertThat(meter.keyFrameIntervalMs()).isZero();
        meter.add(TestFragment.delta(30));
        meter.add(TestFragment.key(60));
        assertThat(meter.keyFrameIntervalMs()).isEqualTo(2000);
        meter.add(late(TestFragment.key(90), 60_000_000));
        assertThat(meter.keyFrameIntervalMs()).isEqualTo(1000);
    }

    @Test
    void aTimelineThatBeginsAnewMeasuresAnew() {
        meter.add(TestFragment.key(60));
        meter.add(TestFragment.key(120));
        meter.add(late(TestFragment.key(0), 5_000_000));
        assertThat(meter.keyFrameIntervalMs()).isEqualTo(2000);
        meter.add(late(TestFragment.key(15), 6_000_000));
        assertThat(meter.keyFrameIntervalMs()).isEqualTo(500);
    }
}
