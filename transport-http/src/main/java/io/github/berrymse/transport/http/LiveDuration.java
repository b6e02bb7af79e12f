package io.github.berrymse.transport.http;

import io.github.berrymse.api.Segment;
import java.util.regex.Pattern;

/**
 * How much of a stream somebody wants, counted on the timeline of its samples from the live edge on: the pictures that
 * a viewer joins with are squeezed to a tick each, and do not count. Confined to its viewer, which is sent one segment
 * at a time.
 */
final class LiveDuration {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final double seconds;
    private long ticks;

    private LiveDuration(double seconds) {
        this.seconds = seconds;
    }

    /**
     * @param seconds as the user wrote it, a number above 0; null for no end
     * @throws IllegalArgumentException with a sentence for the user
     */
    static LiveDuration of(String seconds) {
        if (seconds == null) {
            return new LiveDuration(Double.POSITIVE_INFINITY);
        }
        double number = NUMBER.matcher(seconds).matches() ? Double.parseDouble(seconds) : 0;
        if (number <= 0) {
            throw new IllegalArgumentException(
                    "duration is a number of seconds above 0, such as 5 or 0.5, and not '" + seconds + "'");
        }
        return new LiveDuration(number);
    }

    /** Counts a media segment. @return whether it is the last one */
    boolean isReachedBy(Segment segment) {
        if (segment.durationTicks() > 1) {
            ticks += segment.durationTicks();
        }
        return ticks >= seconds * segment.init().timescale();
    }
}
