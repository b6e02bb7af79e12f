package io.github.berrymse.launcher;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A number within a range. Immutable.
 *
 * @param step from one allowed value to the next; 0 for all in between
 * @param others values outside of the range that have a meaning of their own
 */
record NumberType(String unit, double minimum, double maximum, int step, List<Integer> others) implements ValueType {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    static NumberType whole(String unit, int minimum, int maximum) {
        return new NumberType(unit, minimum, maximum, 1, List.of());
    }

    static NumberType even(String unit, int minimum, int maximum) {
        return new NumberType(unit, minimum, maximum, 2, List.of());
    }

    static NumberType any(String unit, int minimum, int maximum) {
        return new NumberType(unit, minimum, maximum, 0, List.of());
    }

    /** The same with one value more. */
    NumberType or(int other) {
        return new NumberType(unit, minimum, maximum, step, List.of(other));
    }

    private boolean isWhole() {
        return step > 0;
    }

    @Override
    public String label() {
        return isWhole() ? "int" : "number";
    }

    @Override
    public String range() {
        StringBuilder range = new StringBuilder();
        others.forEach(other -> range.append(other).append(", or "));
        return range.append(step == 2 ? "even, " : "")
                .append((long) minimum)
                .append(" to ")
                .append((long) maximum)
                .toString();
    }

    @Override
    public Object parse(String text) {
        double value = value(text, isWhole());
        double nearest = nearest(value);
        if (nearest != value) {
            throw ValueType.wrong(text, "not " + range() + "; the nearest is " + (long) nearest);
        }
        return isWhole() ? (Object) (int) value : (Object) value;
    }

    /** Of a number whatever its size; those that are too large for a double are infinite. */
    static double value(String text, boolean isWhole) {
        if (!(isWhole ? WHOLE : NUMBER).matcher(text).matches()) {
            throw ValueType.wrong(text, isWhole ? "not a whole number" : "not a number");
        }
        return Double.parseDouble(text);
    }

    private double nearest(double value) {
        double nearest = Math.min(maximum, Math.max(minimum, value));
        if (isWhole()) {
            nearest -= (nearest - minimum) % step;
        }
        for (int other : others) {
            if (Math.abs(other - value) < Math.abs(nearest - value)) {
                nearest = other;
            }
        }
        return nearest;
    }
}
