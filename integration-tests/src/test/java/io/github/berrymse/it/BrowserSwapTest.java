package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody sees in a browser while bundles are replaced. */
@Timeout(300)
class BrowserSwapTest {
    private static final Logger LOG = LoggerFactory.getLogger(BrowserSwapTest.class);
    private static final String PLAYER = "BerryMSE.players[0]";
    private static final double DEMO_FRAMES_PER_SECOND = 30;

    /** Notes the player's states one after another, and how long it was not live. */
    private static final String WATCH =
            """
            window.seen = ["live"];
            window.awayMs = 0;
            let liveMs = performance.now();
            setInterval(() => {
                const state = BerryMSE.players[0].state;
                if (state !== seen[seen.length - 1]) {
                    seen.push(state);
                }
                awayMs = Math.max(awayMs, performance.now() - liveMs);
                liveMs = state === "live" ? performance.now() : liveMs;
            }, 10);
            """;

    @TempDir
    Path folder;

    private Application application;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        application = Application.start();
        browser = Browser.start();
        browser.open(application.url("/"));
        browser.await("window.BerryMSE?.players[0]?.state === 'live' && " + PLAYER + ".stats().decodedFrames > 30");
        browser.run(WATCH);
    }

    @AfterEach
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (application != null) {
            application.close();
        }
    }

    @Test
    void thePictureGoesOnThroughASwapOfSourceCodecAndPage() throws IOException {
        swap(BundleJars.version("source-file", "1.0.1", folder.resolve("source.jar")));
        swap(BundleJars.version("codec-fmp4", "1.0.1", folder.resolve("codec.jar")));
        swap(BundleJars.edited( // whose initialization segment is another
                "codec-fmp4",
                Map.of("Bundle-Version", "1.0.2"),
                content -> content.replace("iso6", "iso7"),
                folder.resolve("other.jar")));
        swap(BundleJars.edited(
                "webui", Map.of("Bundle-Version", "1.0.1"), UnaryOperator.identity(), folder.resolve("page.jar")));
        Playback.awaitLive(browser, DEMO_FRAMES_PER_SECOND);

        browser.screenshot("after-swaps");
        LOG.info("the player was not live for {} ms at the most", Math.round(browser.number("awayMs")));
        assertThat(seenStates()).as("it never was anything but live").containsExactly("live");
        assertThat(browser.stats()).containsEntry("reconnects", 0L).containsEntry("rebuilds", 0L);
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void thePlayerIsBackByItselfAfterASwapOfTheWebSocket() throws IOException {
        swap(BundleJars.version("transport-websocket", "1.0.1", folder.resolve("websocket.jar")));
        browser.await("seen.length > 1 && seen[seen.length - 1] === 'live'");
        LOG.info("the player was away for {} ms", Math.round(browser.number("awayMs")));
        Playback.awaitLive(browser, DEMO_FRAMES_PER_SECOND);

        assertThat(seenStates()).startsWith("live", "reconnecting").endsWith("live");
        assertThat(browser.stats())
                .as("the picture stayed, on the same media source")
                .containsEntry("rebuilds", 0L);
    }

    /** Replaces a bundle, and waits until the playhead is past what had been buffered when it was. */
    private void swap(Path jar) throws IOException {
        Control.of(application).swap(jar);
        double end = browser.number(PLAYER + ".stats().bufferedEnd");
        browser.await(PLAYER + ".stats().currentTime > " + (end + 0.5));
    }

    @SuppressWarnings("unchecked")
    private List<String> seenStates() {
        return (List<String>) browser.value("seen");
    }
}
