package io.github.berrymse.launcher;

/** What the value of a setting must be. Immutable. */
interface ValueType {
    int LONGEST_SHOWN = 60;

    /** For the help and the documents: {@code int}, {@code number}, {@code string} or {@code map}. */
    String label();

    /** The unit in words; empty where there is none. */
    default String unit() {
        return "";
    }

    /** What is allowed, in words; empty for everything. */
    String range();

    /**
     * Reads a value of a flag or of the file.
     *
     * @throws IllegalArgumentException one sentence without the key, with the nearest value where there is one
     */
    Object parse(String text);

    /** The sentence for a text that is no value; a long one is cut. */
    static IllegalArgumentException wrong(String text, String what) {
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
        return new IllegalArgumentException("'" + shown + "' is " + what);
    }
}
