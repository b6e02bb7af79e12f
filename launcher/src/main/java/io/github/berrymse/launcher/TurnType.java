package io.github.berrymse.launcher;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Quarter turns clockwise, and -1 for none of ours. Immutable. */
record TurnType() implements ValueType {
    private static final int NONE = -1;
    private static final int FULL_TURN = 360;
    private static final List<Integer> TURNS = List.of(0, 90, 180, 270);

    @Override
    public String label() {
        return "int";
    }

    @Override
    public String unit() {
        return "degrees";
    }

    @Override
    public String range() {
        return TURNS.stream().map(turn -> turn + ", ").collect(Collectors.joining()) + NONE;
    }

    @Override
    public Object parse(String text) {
        double degrees = NumberType.value(text, true);
        if (degrees == NONE) {
            return NONE;
        }
        int nearest = TURNS.stream()
                .min(Comparator.comparing(turn -> apart(turn, degrees)))
                .orElseThrow();
        if (nearest != degrees) {
            throw ValueType.wrong(text, "not one of " + range() + "; the nearest is " + nearest);
        }
        return nearest;
    }

    /** How far two turns are from another, the shorter way. */
    private static double apart(int turn, double degrees) {
        double way = Math.abs(turn - degrees) % FULL_TURN;
        return Math.min(way, FULL_TURN - way);
    }
}
