package io.github.berrymse.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final String HOST = "pi:2020";

    private final Origins listed = new Origins("https://example.org", " http://Lab.example:8080/ ", "example.net");

    @Test
    void starAllowsAnyOrigin() {
        assertThat(new Origins("*").allow("https://example.org", HOST)).isTrue();
        assertThat(new Origins("*").allow("null", HOST)).isTrue();
    }

    @Test
    void oneThatIsListedIsAllowedWhateverItsCaseOrASlashBehindIt() {
        assertThat(listed.allow("https://example.org", HOST)).isTrue();
        assertThat(listed.allow("HTTP://LAB.example:8080", HOST)).isTrue();
    }

    @Test
    void othersAreNot() {
        for (String other : new String[] {
            "http://example.org",
            "https://example.org:8443",
            "https://www.example.org",
            "https://example.org.evil.example",
            "https://example.net",
            "example.net",
            "http://lab.example",
            "http://pi:2021",
            "http://pi",
            "ftp://pi:2020",
            "null",
            "*",
            ""
        }) {
            assertThat(listed.allow(other, HOST)).as(other).isFalse();
        }
    }

    @Test
    void theServersOwnPagesAreAllowedByHttpAndByHttps() {
        assertThat(listed.allow("http://pi:2020", HOST)).isTrue();
        assertThat(listed.allow("https://PI:2020", HOST)).isTrue();
        assertThat(new Origins().allow("http://[::1]:2020", "[::1]:2020")).isTrue();
        assertThat(listed.allow("http://pi:2020", null)).isFalse();
    }

    @Test
    void whoIsNoBrowserIsAllowed() {
        assertThat(new Origins().allow(null, HOST)).isTrue();
    }
}
