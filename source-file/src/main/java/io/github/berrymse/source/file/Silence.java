package io.github.berrymse.source.file;

/**
 * How long a pipe must be silent for its picture to be whole. No byte of it tells, but its writer's ways do: twice the longest
 * pause that it made within the pictures of late, and as long as can be while it is not known yet. Confined to the capture
 * thread.
 */
final class Silence {
    static final int MIN_MS = 2;
    static final int MAX_MS = 100;

    /** Pictures after which a writer is known: a second at 30 in a second. */
    static final int ACQUAINTANCE = 30;

    /** Pictures that are remembered, and up to as many again: 10 to 20 seconds. */
    static final int MEMORY = 300;

    private static final long MAX_PAUSE_US = 1000L * MAX_MS / 2;

    private long longestUs;
    private long longestBeforeUs = MAX_PAUSE_US;
    private int picturesLeft = ACQUAINTANCE;

    /** From {@link #MIN_MS} to {@link #MAX_MS}. */
    int ms() {
        long longest = Math.min(MAX_PAUSE_US, Math.max(longestUs, longestBeforeUs));
        return Math.max(MIN_MS, (int) ((2 * longest + 999) / 1000));
    }

    /** A picture went on after a pause. */
    void broken(long pauseUs) {
        longestUs = Math.max(longestUs, pauseUs);
    }

    /** A picture has ended. */
    void picture() {
        picturesLeft--;
        if (picturesLeft == 0) {
            longestBeforeUs = longestUs;
            longestUs = 0;
            picturesLeft = MEMORY;
        }
    }
}
