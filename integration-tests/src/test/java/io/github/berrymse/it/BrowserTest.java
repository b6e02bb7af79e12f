package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The picture in a real browser: the demo page, a page of another origin, and a server that goes and comes back. */
@Timeout(120)
class BrowserTest {
    private static final String PLAYER = "BerryMSE.players[0]";
    private static final double DEMO_FRAMES_PER_SECOND = 30;

    private Browser browser;

    @BeforeEach
    void startBrowser() {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        browser = Browser.start();
    }

    @AfterEach
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void demoPagePlaysAtTheLiveEdge() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitPicture();

            Map<String, Object> from = browser.stats();
            browser.await(PLAYER + ".stats().bufferedEnd > " + (number(from, "bufferedEnd") + 5));
            Map<String, Object> to = browser.stats();

            double played = number(to, "currentTime") - number(from, "currentTime");
            double arrived = number(to, "bufferedEnd") - number(from, "bufferedEnd");
            double segments = number(to, "appendedSegments") - number(from, "appendedSegments");
            assertThat(played).as("seconds played while 5 arrived").isCloseTo(arrived, within(0.3));
            assertThat(segments / arrived)
                    .as("pictures per second of media")
                    .isCloseTo(DEMO_FRAMES_PER_SECOND, within(0.6));
            assertThat(number(to, "decodedFrames") - number(from, "decodedFrames"))
                    .as("decoded of %s", segments)
                    .isGreaterThan(0.9 * segments);
            browser.await(PLAYER + ".stats().lagMs < 150");
            browser.screenshot("demo-page");
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }

    @Test
    void demoPageFitsAPhone() throws IOException {
        try (Application application = Application.start()) {
            browser.resize(390, 800);
            browser.open(application.url("/"));
            awaitPicture();
            browser.screenshot("demo-page-phone");
            assertThat(browser.number("document.documentElement.scrollWidth - innerWidth"))
                    .as("pixels to scroll sideways")
                    .isLessThanOrEqualTo(0);
        }
    }

    @Test
    void playsInAPageOfAnotherOrigin() throws IOException {
        try (Application application = Application.start()) {
            HttpServer elsewhere = serve(
                    """
                    <!DOCTYPE html>
                    <title>Another origin</title>
                    <video id="camera" width="640"></video>
                    <script src="%s"></script>
                    <script>BerryMSE.initialize(document.getElementById("camera"));</script>
                    <link rel="icon" href="data:,">
                    """
                            .formatted(application.url("/berrymse.js")));
            try {
                browser.open("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
                awaitPicture();
                browser.await(PLAYER + ".stats().decodedFrames > 60");
                browser.screenshot("another-origin");
                assertThat(browser.consoleErrors()).isEmpty();
            } finally {
                elsewhere.stop(0);
            }
        }
    }

    @Test
    void comesBackByItselfWhenTheServerDoes() throws IOException {
        int port;
        try (Application application = Application.start()) {
            port = application.port();
            browser.open(application.url("/"));
            awaitPicture();
        }
        browser.await(PLAYER + ".state === 'reconnecting'");
        browser.screenshot("server-stopped");
        Map<String, Object> before = browser.stats();

        try (Application application = Application.start("-l", "127.0.0.1:" + port)) {
            assertThat(application.port()).isEqualTo(port);
            browser.await(PLAYER + ".state === 'live'");
            browser.await(PLAYER + ".stats().decodedFrames > " + (number(before, "decodedFrames") + 30));
            browser.await(PLAYER + ".stats().lagMs < 150");
            browser.await(PLAYER + ".stats().currentTime > " + number(before, "bufferedEnd")); // its timeline goes on
            Map<String, Object> after = browser.stats();
            assertThat(after).as("the picture stayed, on the same media source").containsEntry("rebuilds", 0L);
            browser.screenshot("server-restarted");
        }
    }

    @Test
    void catchesUpAtOnceAfterThePageStoodStill() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitPicture();
            browser.await(PLAYER + ".stats().lagMs < 150");
            double segments = number(browser.stats(), "appendedSegments");
            browser.run("const until = Date.now() + 2000; while (Date.now() < until);");
            browser.await(PLAYER + ".stats().appendedSegments > " + (segments + 50));
            browser.await(PLAYER + ".stats().lagMs < 150");
        }
    }

    @Test
    void goesOnAtTheLiveEdgeAfterAPauseAndStaysBehindWithoutAutoSkip() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitPicture();
            browser.click("#play");
            browser.await(PLAYER + ".state === 'paused' && " + PLAYER + ".stats().gapMs > 1500");
            browser.click("#auto-skip");
            browser.click("#play");
            browser.await(PLAYER + ".state === 'live'");
            assertThat(number(browser.stats(), "gapMs")).as("auto skip off").isGreaterThan(1000);

            browser.click("#auto-skip");
            browser.await(PLAYER + ".stats().lagMs < 150");
            browser.click("#reset");
            browser.await(PLAYER + ".state === 'live' && " + PLAYER + ".stats().decodedFrames > 0");
        }
    }

    private void awaitPicture() {
        browser.await("window.BerryMSE?.players[0]?.state === 'live'");
        browser.await(PLAYER + ".stats().decodedFrames > 0 && document.querySelector('video').readyState >= 2");
    }

    private static double number(Map<String, Object> stats, String name) {
        return ((Number) stats.get(name)).doubleValue();
    }

    private static HttpServer serve(String page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        return server;
    }
}
