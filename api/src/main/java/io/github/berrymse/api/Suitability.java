package io.github.berrymse.api;

/**
 * A source's answer to "is this camera yours?". Immutable.
 *
 * @param rank {@link #NOT_MINE}, {@link #STAND_IN}, or above: the higher, the better
 * @param reason why, in words for the user; a stand-in's complete "plays a test picture, as ..."
 */
public record Suitability(int rank, String reason) {

    /** The source does not accept the settings. */
    public static final int NOT_MINE = -1;

    /** The source plays until a better one accepts the settings: a test picture, say. */
    public static final int STAND_IN = 0;

    public static Suitability notMine(String reason) {
        return new Suitability(NOT_MINE, reason);
    }

    public static Suitability standIn(String reason) {
        return new Suitability(STAND_IN, reason);
    }

    /** @param rank 1 or more; sources of ours use 50 to 200, and of equals any may be opened */
    public static Suitability accepted(int rank, String reason) {
        return new Suitability(rank, reason);
    }

    public boolean isAccepted() {
        return rank > NOT_MINE;
    }
}
