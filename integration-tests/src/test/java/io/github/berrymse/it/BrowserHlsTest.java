package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The picture in a browser without Media Source Extensions, which plays HLS by itself. */
@Timeout(120)
class BrowserHlsTest {
    private Browser browser;
    private HttpServer page;

    @BeforeEach
    void startBrowser() throws IOException {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        browser = Browser.start();
        page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stopBrowser() {
        if (browser != null) {
            browser.close();
            page.stop(0);
        }
    }

    private void open(String html) {
        page.createContext("/", exchange -> {
            byte[] body = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        page.start();
        browser.open("http://127.0.0.1:" + page.getAddress().getPort() + "/");
    }

    @Test
    void playsByHlsTheCameraThatTheAddressNamesOrTheFirst() throws IOException {
        try (Application application = Application.start()) {
            open(
                    """
                    <!DOCTYPE html>
                    <video width="320"></video><video width="320"></video>
                    <script>delete window.MediaSource; delete window.ManagedMediaSource;</script>
                    <script src="%s"></script>
                    <script>
                    const [first, named] = document.querySelectorAll("video");
                    BerryMSE.initialize(first);
                    BerryMSE.initialize(named, "video_websocket/camera");
                    </script>
                    <link rel="icon" href="data:,">
                    """
                            .formatted(application.url("/berrymse.js")));
            browser.await("BerryMSE.players.every(player => player.state === 'live')");
            assertThat(browser.value("first.src")).isEqualTo(application.url("/hls/camera/index.m3u8"));
            assertThat(browser.value("named.src")).isEqualTo(application.url("/hls/camera/index.m3u8"));
            browser.await("BerryMSE.players.every(player => player.stats().decodedFrames > 100)");
            browser.await("BerryMSE.players.every(player => player.state === 'live')");
            browser.screenshot("hls");
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }
}
