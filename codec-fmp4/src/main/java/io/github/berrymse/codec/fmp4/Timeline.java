package io.github.berrymse.codec.fmp4;

/**
 * Gives each sample its time as soon as it is there: a sample lasts from the end of the one before it to its own capture
 * time, so that the end of what is buffered is the newest picture. Times are reckoned from one origin, so that rounding
 * does not add up. Confined to the capture thread.
 */
final class Timeline {
    /** Ticks per second. */
    static final int TIMESCALE = 90_000;

    private static final int US_PER_TICK_TIMES_9 = 100;
    private static final int LONGEST_TICKS = TIMESCALE;

    private boolean hasOrigin;
    private long originUs;
    private long originTicks;
    private long endTicks;
    private int usualTicks = TIMESCALE / 30;

    /**
     * Adds a sample that ends at its capture time. One that is not later than the sample before lasts 1 tick; a gap of
     * more than a second is squeezed to the usual duration, and so is a jump of the clock back by as much.
     *
     * @return its duration, 1 or more
     */
    int advanceTo(long captureTimeUs) {
        if (!hasOrigin) {
            return beginAnew(captureTimeUs, endTicks == 0 ? 1 : usualTicks);
        }
        long sinceOrigin = captureTimeUs - originUs;
        long ticks = originTicks + Math.floorDiv(sinceOrigin * 9, US_PER_TICK_TIMES_9) - endTicks;
        if (Math.abs(ticks) > LONGEST_TICKS) {
            return beginAnew(captureTimeUs, usualTicks);
        }
        if (ticks > 1) {
            usualTicks = (int) ticks;
        }
        return lasting((int) Math.max(1, ticks));
    }

    private int beginAnew(long captureTimeUs, int durationTicks) {
        hasOrigin = true;
        originUs = captureTimeUs;
        originTicks = endTicks + durationTicks;
        return lasting(durationTicks);
    }

    private int lasting(int durationTicks) {
        endTicks += durationTicks;
        return durationTicks;
    }

    /** The clock may have another origin from now on; the next sample has the usual duration. */
    void restart() {
        hasOrigin = false;
    }

    /** End of the last sample, 0 before the first. */
    long endTicks() {
        return endTicks;
    }
}
