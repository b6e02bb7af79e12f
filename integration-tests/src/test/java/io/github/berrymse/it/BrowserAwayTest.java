package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page does when the camera is away, the server is not heard, an address has changed or pictures are missing. */
@Timeout(300)
class BrowserAwayTest {
    private static final String PLAYER = "BerryMSE.players[0]";
    private static final Path OTHER_CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();

    /** A page with it does not get so many messages as are {@code toDrop}, and then none before the next sync sample. */
    private static final String DROPPING_WEB_SOCKET =
            """
            let toDrop = 0, isAwaitingSync = false;
            window.WebSocket = class extends WebSocket {
                set onmessage(listener) {
                    super.onmessage = listener && ((event) => {
                        isAwaitingSync = toDrop > 0 || (isAwaitingSync && new Uint8Array(event.data)[92] !== 2);
                        toDrop -= toDrop > 0;
                        if (!isAwaitingSync) listener(event);
                    });
                }
            };
            """;

    @TempDir
    Path folder;

    private final ScheduledThreadPoolExecutor feeder = new ScheduledThreadPoolExecutor(1);
    private Path config;
    private Browser browser;
    private Application application;

    @BeforeEach
    void startBrowser() {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        config = folder.resolve("config.yml");
        browser = Browser.start();
    }

    @AfterEach
    void stop() throws IOException {
        feeder.shutdownNow();
        if (browser != null) {
            browser.close();
        }
        if (application != null) {
            application.close();
        }
    }

    private void awaitLive() {
        browser.await("window.BerryMSE?.players[0]?.state === 'live'");
    }

    /** Puts the demo's pictures into the pipe, so many at 30 in a second. */
    private void feed(List<byte[]> units) {
        OutputStream pipe = application.input();
        var next = units.iterator();
        feeder.scheduleAtFixedRate(
                () -> {
                    try {
                        pipe.write(next.next());
                        pipe.flush();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                0,
                33,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void demoPageSaysThatTheCameraIsAwayAndGoesOnByItselfOverTheSameConnection() throws Exception {
        application = Application.start("-d", "-");
        browser.open(application.url("/"));
        browser.await("document.getElementById('notice').textContent.startsWith('The camera ')");
        List<byte[]> units = DemoUnits.read();
        feed(units.subList(0, 120));
        awaitLive();
        browser.await(PLAYER + ".state === 'waiting'");
        browser.await("document.getElementById('notice').textContent"
                + " === 'The camera is away: standard input gives no picture'");
        browser.screenshot("camera-away");
        feed(units.subList(120, 300));
        awaitLive();
        browser.await(PLAYER + ".stats().appendedSegments > 150");
        assertThat(browser.value("document.getElementById('notice').textContent"))
                .isEqualTo("");
        assertThat(browser.stats()).containsEntry("reconnects", 0L).containsEntry("rebuilds", 0L);
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void aServerThatIsNotHeardAnyMoreIsReconnectedTo() throws Exception {
        application = Application.start();
        browser.open(application.url("/"));
        awaitLive();
        application.freeze(true);
        try {
            browser.await(PLAYER + ".state === 'reconnecting'");
            browser.screenshot("server-not-heard");
        } finally {
            application.freeze(false);
        }
        awaitLive();
        Playback.awaitLive(browser, 30);
    }

    @Test
    void demoPageFollowsTheAddressesThatChangeLive() throws Exception {
        Files.writeString(config, "camera: {}\n");
        application = Application.start("-c", config.toString());
        browser.open(application.url("/"));
        awaitLive();
        Files.writeString(config, "camera: {}\nserver: {webSocket: other}\n");
        while (application.get("/other").statusCode() != 426) {
            Thread.sleep(20);
        }
        awaitLive();
        assertThat(browser.stats()).as("who watches already").containsEntry("reconnects", 0L);
        browser.click("#reset");
        browser.await(PLAYER + ".stats().reconnects > 0");
        awaitLive();

        Files.writeString(
                config, "camera: {}\nserver: {webSocket: other}\ncameras: {yard: {file: " + OTHER_CLIP + "}}\n");
        browser.await("!document.getElementById('chooser').hidden");
        browser.run("cameras.value = 'yard'; cameras.dispatchEvent(new Event('change'))");
        browser.await("document.title.startsWith('yard ')");
        awaitLive();
        browser.screenshot("camera-chosen");
    }

    @Test
    void withoutAutoSkipPlaybackGoesOnBehindPicturesThatAreMissing() throws Exception {
        application = Application.start();
        try (Elsewhere elsewhere = new Elsewhere(application, DROPPING_WEB_SOCKET)) {
            browser.open(elsewhere.url());
            awaitLive();
            browser.click("#skip");
            browser.run("toDrop = 30");
            browser.await("document.querySelector('video').buffered.length > 1");
            double start = browser.number("document.querySelector('video').buffered.start(1)");
            browser.await("document.querySelector('video').currentTime > " + (start + 1));
            assertThat(browser.stats()).containsEntry("rebuilds", 0L).containsEntry("reconnects", 0L);
        }
    }

    @Test
    void theSameVideoGoesOnWithAnotherCodecString() throws Exception {
        Files.writeString(config, "camera: {}\n");
        application = Application.start("-c", config.toString());
        browser.open(application.url("/"));
        awaitLive();
        Object before = browser.stats().get("mimeType");
        Files.writeString(config, "camera: {file: " + OTHER_CLIP + "}\n");
        browser.await(PLAYER + ".stats().mimeType !== '" + before + "'");
        double decoded = browser.number(PLAYER + ".stats().decodedFrames");
        browser.await(PLAYER + ".stats().decodedFrames > " + (decoded + 60));
        assertThat(browser.stats()).containsEntry("rebuilds", 0L).containsEntry("reconnects", 0L);
        assertThat(browser.consoleErrors()).isEmpty();
    }
}
