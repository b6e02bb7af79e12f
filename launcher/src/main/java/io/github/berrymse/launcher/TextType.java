package io.github.berrymse.launcher;

import java.util.function.Function;

/**
 * A text. Immutable.
 *
 * @param parser makes the value, or throws as {@link #parse} does
 */
record TextType(String range, Function<String, Object> parser) implements ValueType {
    static final TextType ANY = new TextType("", text -> text);
    static final TextType CAMERA_NAME = new TextType("letters, digits, dash and underscore", TextType::cameraName);
    static final TextType ADDRESS = new TextType("host:port", ListenAddress::parse);

    @Override
    public String label() {
        return "string";
    }

    @Override
    public Object parse(String text) {
        return parser.apply(text);
    }

    private static String cameraName(String text) {
        if (text.matches("[A-Za-z0-9_-]+") && !text.matches("true|false")) { // which YAML has for no words
            return text;
        }
        throw ValueType.wrong(text, "no name for a camera: use letters, digits, dash and underscore");
    }
}
