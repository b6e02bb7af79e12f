package io.github.berrymse.transport.hls;

import java.util.function.UnaryOperator;

/**
 * What a request for a playlist asks beyond the playlist (HLS 2nd edition 6.2.5). Immutable.
 *
 * @param sequenceNumber {@code _HLS_msn}: answer when that segment is there; {@link #NONE} for at once
 * @param part {@code _HLS_part}: answer when that part of it is there, counted from 0; {@link #NONE} for the whole segment
 * @param isDelta {@code _HLS_skip}: leave out what is old
 */
record Directives(long sequenceNumber, long part, boolean isDelta) {
    static final long NONE = -1;

    private static final int ADVANCE_LIMIT = 3;

    /**
     * @param parameter the value of a query parameter, or null
     * @throws IllegalArgumentException with one sentence
     */
    static Directives of(UnaryOperator<String> parameter) {
        long sequenceNumber = number("_HLS_msn", parameter);
        long part = number("_HLS_part", parameter);
        if (part != NONE && sequenceNumber == NONE) {
            throw new IllegalArgumentException("_HLS_part needs _HLS_msn");
        }
        String skip = parameter.apply("_HLS_skip");
        return new Directives(sequenceNumber, part, "YES".equals(skip) || "v2".equals(skip));
    }

    private static long number(String name, UnaryOperator<String> parameter) {
        String value = parameter.apply(name);
        if (value == null) {
            return NONE;
        }
        if (!value.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(name + " is not a decimal integer");
        }
        return Long.parseLong(value);
    }

    boolean isBlocking() {
        return sequenceNumber != NONE;
    }

    /** Whether the playlist has what is asked for; a part after the last of its segment means the first of the next. */
    boolean isMetBy(Playlist playlist) {
        MediaSegment newest = playlist.newest();
        if (sequenceNumber != newest.sequenceNumber()) {
            return sequenceNumber < newest.sequenceNumber();
        }
        return part == NONE ? newest.isWhole() : part < newest.parts().size();
    }

    /** Whether no player can want it yet: more than two segments ahead, or more than the Advance Part Limit. */
    boolean isTooFarAheadOf(Playlist playlist) {
        MediaSegment newest = playlist.newest();
        long lastWhole = newest.sequenceNumber() - (newest.isWhole() ? 0 : 1);
        long partsThere =
                sequenceNumber == newest.sequenceNumber() ? newest.parts().size() : 0;
        boolean isAhead = sequenceNumber >= newest.sequenceNumber();
        return sequenceNumber > lastWhole + 2
                || isAhead
                        && part > partsThere + advancePartLimit(playlist.pace().partTargetS());
    }

    private static long advancePartLimit(double partTargetS) {
        return partTargetS < 1 ? (long) Math.ceil(ADVANCE_LIMIT / partTargetS) : ADVANCE_LIMIT;
    }
}
