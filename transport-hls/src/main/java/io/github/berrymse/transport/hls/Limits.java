package io.github.berrymse.transport.hls;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that shape a playlist; {@link HlsConfig} says what each of them is. Immutable.
 *
 * @param partMs of a part, unless one picture lasts longer
 * @param targetS the shortest target duration
 * @param longestTargetS the longest target duration
 * @param windowTargets target durations that a playlist goes back
 * @param windowBytes bytes kept for all cameras together
 * @param idleMs how long a run goes on without requests
 */
record Limits(int partMs, int targetS, int longestTargetS, int windowTargets, long windowBytes, long idleMs) {
    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

    /** For a value out of its range the nearest is taken, with a warning. */
    static Limits of(HlsConfig config) {
        int targetS = (int) within("target.s", config.target_s(), 1, 30);
        return new Limits(
                (int) within("part.ms", config.part_ms(), 100, 1000),
                targetS,
                (int) within("target.longest.s", config.target_longest_s(), targetS, 30),
                (int) within("window.targets", config.window_targets(), 4, 100),
                within("window.bytes", config.window_bytes(), 1 << 20, Long.MAX_VALUE),
                1000 * within("idle.s", config.idle_s(), 1, 3600));
    }

    private static long within(String name, long value, long least, long most) {
        long nearest = Math.max(least, Math.min(value, most));
        if (nearest != value) {
            LOG.warn("HLS: {} is {}, which is not from {} to {}: {} is taken", name, value, least, most, nearest);
        }
        return nearest;
    }
}
