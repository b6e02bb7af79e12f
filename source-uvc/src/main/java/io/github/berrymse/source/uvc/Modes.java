package io.github.berrymse.source.uvc;

import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;
import io.github.berrymse.v4l2.RateRange;
import io.github.berrymse.v4l2.SizeRange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Chooses among the sizes and frame rates that a camera offers. Thread-safe. */
final class Modes {

    /** What a JPEG around H.264 need not be larger than: it takes bandwidth on the bus and is thrown away. */
    private static final FrameSize SMALL = new FrameSize(640, 480);

    private Modes() {}

    /** The size that covers what was asked best; that itself where a driver does not say what it offers. */
    static FrameSize size(List<SizeRange> offered, FrameSize asked) {
        return offered.stream()
                .map(range -> range.nearest(asked))
                .min(Comparator.comparingLong(asked::distance))
                .orElse(asked);
    }

    /** The nearest rate, the faster of two that are as near; empty where a driver does not say what it offers. */
    static Optional<FrameRate> rate(List<RateRange> offered, double framesPerSecond) {
        return offered.stream()
                .map(range -> range.nearest(framesPerSecond))
                .min(Comparator.comparingDouble((FrameRate rate) -> off(rate, framesPerSecond))
                        .thenComparing(Comparator.comparingDouble(FrameRate::framesPerSecond)
                                .reversed()));
    }

    /**
     * The size for the JPEGs around H.264: a small one that has the rate.
     *
     * @param framesPerSecond 0 for any
     */
    static FrameSize container(
            List<SizeRange> offered, Function<FrameSize, List<RateRange>> rates, double framesPerSecond) {
        return offered.stream()
                .map(range -> range.nearest(SMALL))
                .min(Comparator.comparingDouble((FrameSize size) -> framesPerSecond == 0
                                ? 0
                                : rate(rates.apply(size), framesPerSecond)
                                        .map(rate -> off(rate, framesPerSecond))
                                        .orElse(0.0))
                        .thenComparingLong(SMALL::distance))
                .orElse(SMALL);
    }

    /** The rate of what has to pass both; the one that is known, where the other is not. */
    static FrameRate slower(FrameRate one, FrameRate other) {
        boolean isOther = one.framesPerSecond() == 0
                || other.framesPerSecond() > 0 && other.framesPerSecond() < one.framesPerSecond();
        return isOther ? other : one;
    }

    /** In words, that a rate is not what was asked for; empty when it is, or when one of them is unknown. */
    static Optional<String> remark(FrameRate rate, double framesPerSecond) {
        boolean isOther = rate.framesPerSecond() > 0 && framesPerSecond > 0 && off(rate, framesPerSecond) > 0.01;
        return isOther
                ? Optional.of(rate + " instead of " + FrameRate.of(framesPerSecond) + " frames per second")
                : Optional.empty();
    }

    private static double off(FrameRate rate, double framesPerSecond) {
        return Math.abs(rate.framesPerSecond() - framesPerSecond);
    }
}
