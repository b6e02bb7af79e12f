package io.github.berrymse.transport.hls;

/**
 * What a playlist promises: no segment is longer than the target duration (HLS 2nd edition 4.4.3.1), no part longer than
 * the part target and, but for the last of a segment, none much shorter (4.4.3.7, 4.4.4.9). Immutable.
 *
 * @param targetDurationS seconds
 * @param partTargetMs milliseconds
 */
record Pace(int targetDurationS, int partTargetMs) {
    /** How much longer than the target a segment may be: its duration counts as rounded to seconds. */
    static final double LEEWAY_S = 0.45;

    private static final double JITTER_S = 0.1;
    private static final double JITTER_FACTOR = 1.1;
    private static final double SHORTEST_PART = 0.85;

    /**
     * What suits a stream.
     *
     * @param groupS seconds from one key frame to the next, 0 when unknown
     * @param frameS seconds of one picture, 0 when unknown
     */
    static Pace of(Limits limits, double groupS, double frameS) {
        int partTargetMs = (int) Math.max(limits.partMs(), Math.ceil(frameS * 1000 * JITTER_FACTOR));
        int targetS = (int) Math.ceil(Math.max(groupS - JITTER_S, partTargetMs / 1000.0));
        return new Pace(Math.max(limits.targetS(), Math.min(targetS, limits.longestTargetS())), partTargetMs);
    }

    /** This, longer if two groups of pictures in a row ask for that: one alone may have been a hiccup. */
    Pace stretched(Pace one, Pace next) {
        int askedMs = Math.min(one.partTargetMs, next.partTargetMs);
        boolean isPictureLonger = askedMs > partTargetMs * JITTER_FACTOR;
        return new Pace(
                Math.max(targetDurationS, Math.min(one.targetDurationS, next.targetDurationS)),
                isPictureLonger ? askedMs : partTargetMs);
    }

    double partTargetS() {
        return partTargetMs / 1000.0;
    }

    int partTargetTicks(int timescale) {
        return (int) ((long) partTargetMs * timescale / 1000);
    }

    /** The least duration of a part that is not its segment's last. */
    int shortestPartTicks(int timescale) {
        return (int) Math.ceil(SHORTEST_PART * partTargetMs * timescale / 1000);
    }

    /** Whether a segment that lasts so long already can go on for so long. */
    boolean hasRoom(double segmentS, double moreS) {
        return segmentS + moreS <= targetDurationS + LEEWAY_S;
    }
}
