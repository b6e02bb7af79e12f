package io.github.berrymse.launcher;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One of several words, in any case. Immutable.
 *
 * @param allowed as they are written to the configuration
 */
record ChoiceType(List<String> allowed) implements ValueType {
    static ChoiceType of(String... allowed) {
        return new ChoiceType(List.of(allowed));
    }

    @Override
    public String label() {
        return "string";
    }

    @Override
    public String range() {
        return allowed.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    @Override
    public Object parse(String text) {
        return allowed.stream().filter(text::equalsIgnoreCase).findFirst().orElseThrow(() -> {
            String nearest = Nearest.of(text, allowed.stream().filter(word -> !word.isEmpty()));
            return ValueType.wrong(text, "not one of " + range() + "; the nearest is " + nearest);
        });
    }
}
