package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which pages may open the WebSocket: those of any origin, until {@code origins} names some. */
@Timeout(60)
class OriginTest {
    @TempDir
    Path folder;

    private Path config;
    private Application application;

    @BeforeEach
    void start() throws IOException {
        config = Files.writeString(folder.resolve("config.yml"), "camera: {}\n");
        application = Application.start("-c", config.toString());
    }

    @AfterEach
    void stop() throws IOException {
        application.close();
    }

    private String answer(String... headers) throws IOException {
        try (BareViewer viewer = BareViewer.connect(application, headers)) {
            boolean isUpgraded = viewer.head().startsWith("HTTP/1.1 101 ");
            return isUpgraded ? "101" : viewer.head().substring(9, 12) + viewer.body();
        }
    }

    @Test
    void aListOfOriginsTakesEffectLiveAndWhoWatchesAlreadyStays() throws Exception {
        String listed = "Origin: https://example.org";
        String other = "Origin: https://other.example";
        assertThat(answer(other)).isEqualTo("101");
        try (BareViewer early = BareViewer.connect(application, other)) {
            Files.writeString(
                    config, "bundles: {io.github.berrymse.transport.websocket: {origins: ['https://example.org']}}\n");
            while (answer(other).equals("101")) {
                Thread.sleep(20);
            }
            assertThat(answer(other)).startsWith("403").contains("pages of https://other.example may not watch");
            assertThat(answer(listed)).isEqualTo("101");
            assertThat(answer("Origin: http://127.0.0.1:" + application.port())).isEqualTo("101");
            assertThat(answer()).as("no browser").isEqualTo("101");
            for (int i = 0; i < 30; i++) {
                early.read(BareViewer.BINARY);
            }
        }
    }
}
