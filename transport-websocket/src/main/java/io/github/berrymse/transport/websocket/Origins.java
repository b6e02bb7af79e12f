package io.github.berrymse.transport.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The origins (RFC 6454) whose pages may watch: a browser says in each handshake which page asks (RFC 6455 10.2), and
 * lets any page ask. Who says nothing is no browser, and may watch. Immutable.
 */
final class Origins {
    private static final Logger LOG = LoggerFactory.getLogger(Origins.class);
    private static final String ANY = "*";
    private static final Pattern ORIGIN = Pattern.compile("null|[a-z][a-z0-9+.-]*://[^/]+");

    private final List<String> allowed;

    /** @param allowed {@code *} for any, or such as {@code https://example.org}; one that is none is said and left out */
    Origins(String... allowed) {
        this.allowed = Arrays.stream(allowed)
                .map(origin -> origin.strip().toLowerCase(Locale.ROOT).replaceFirst("/$", ""))
                .filter(Origins::isOrigin)
                .toList();
    }

    private static boolean isOrigin(String text) {
        boolean isOrigin = text.equals(ANY) || ORIGIN.matcher(text).matches();
        if (!isOrigin) {
            LOG.warn("origins: '{}' is left out, as it is neither * nor an origin such as https://example.org", text);
        }
        return isOrigin;
    }

    /**
     * Whether a page may watch. The server's own pages may: those of the host and port that the request went to, by
     * http or https.
     *
     * @param origin of the header {@code Origin}, or null
     * @param host of the header {@code Host}, or null
     */
    boolean allow(String origin, String host) {
        if (origin == null || allowed.contains(ANY)) {
            return true;
        }
        String asked = origin.toLowerCase(Locale.ROOT);
        return allowed.contains(asked)
                || host != null && asked.replaceFirst("^https?://", "").equals(host.toLowerCase(Locale.ROOT));
    }
}
