package io.github.berrymse.launcher;

import java.util.Set;

/** The first part of the WebSockets' addresses, and which parts are taken. */
final class WebSocketName {
    static final TextType TYPE = new TextType("letters, digits, dot, dash and underscore", WebSocketName::parse);

    /** What the server has there itself, and what no browser asks for. */
    static final Set<String> TAKEN =
            Set.of("api", "stream", "hls", "player", "index.html", "berrymse.js", "demo.js", ".", "..");

    private WebSocketName() {}

    private static String parse(String text) {
        String name = text.replaceFirst("^/+", "");
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw ValueType.wrong(text, "not a name of " + TYPE.range());
        }
        if (TAKEN.contains(name)) {
            throw ValueType.wrong(text, "taken by the server itself; choose another name");
        }
        return name;
    }
}
