package io.github.berrymse.launcher;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Names with a value each, which only the file can hold. Immutable.
 *
 * @param naming what becomes of a name
 */
record MapType(UnaryOperator<String> naming) implements ValueType {
    static final MapType NAMES_AS_WRITTEN = new MapType(name -> name);
    static final MapType NAMES_IN_LOWER_CASE = new MapType(name -> name.toLowerCase(Locale.ROOT));

    @Override
    public String label() {
        return "map";
    }

    @Override
    public String range() {
        return "";
    }

    @Override
    public Object parse(String text) {
        throw ValueType.wrong(text, "not a map of names to values");
    }

    /** @param words of the file; no two names differ only in case */
    Map<String, String> of(Map<String, String> words) {
        Map<String, String> named = new TreeMap<>();
        words.forEach((name, word) -> named.put(naming.apply(name), word));
        return named;
    }
}
