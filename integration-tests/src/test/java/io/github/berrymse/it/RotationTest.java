package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures that the player turns, because their camera does not: a clip with a colour in each corner, and what is on the
 * screen of a browser that follows the matrix of {@code tkhd} and of one that does not.
 */
@Timeout(180)
class RotationTest {
    private static final Path CLIP =
            Path.of("..", "h264", "src", "test", "streams", "corners.h264").toAbsolutePath();
    private static final String PLAYER = "BerryMSE.players[0]";
    private static final double CLIP_WIDTH = 320;
    private static final double CLIP_HEIGHT = 180;

    /** The corners' colours of the picture, upper left, upper right, lower left, lower right, by its turn. */
    private static final Map<Integer, String> CORNERS = Map.of(0, "RGBY", 90, "BRYG", 180, "YBGR", 270, "GYRB");

    /** Makes the browser one that has never heard of a matrix, by taking it out of all that is appended. */
    private static final String WITHOUT_MATRIX =
            """
            const append = SourceBuffer.prototype.appendBuffer;
            SourceBuffer.prototype.appendBuffer = function (data) {
                const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength).slice();
                for (let at = 0; at + 8 < Math.min(1000, bytes.length); at++) {
                    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === "tkhd") {
                        const view = new DataView(bytes.buffer, at + 44);
                        [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].forEach((n, i) => view.setInt32(4 * i, n));
                    }
                }
                append.call(this, bytes);
            };
            """;

    @TempDir
    Path folder;

    private Path config;
    private Browser browser;
    private Application application;
    private HttpServer elsewhere;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        config = folder.resolve("config.yml");
        browser = Browser.start();
    }

    @AfterEach
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (application != null) {
            application.close();
        }
        if (elsewhere != null) {
            elsewhere.stop(0);
        }
    }

    @Test
    void demoPageShowsThePictureTurnedFromTheFirstOn() throws Exception {
        for (int degrees : new int[] {90, 180, 270}) {
            rotate(degrees);
            application = Application.start("-c", config.toString());
            browser.open(application.url("/"));
            awaitTurned("rotation-start-" + degrees, degrees);
            assertThat(browser.stats()).containsEntry("turnedDegrees", 0L);
            application.close();
        }
    }

    @Test
    void pictureIsTurnedWhileItPlaysOverTheSameConnection() throws Exception {
        rotate(0);
        application = Application.start("-c", config.toString());
        browser.open(application.url("/"));
        for (int degrees : new int[] {0, 90, 270, 180, 0, -1}) {
            rotate(degrees);
            awaitTurned("rotation-live-" + degrees, Math.max(0, degrees));
        }
        browser.await(PLAYER + ".stats().lagMs < 150");
        assertThat(browser.stats())
                .containsEntry("reconnects", 0L)
                .containsEntry("rebuilds", 0L)
                .containsEntry("state", "live");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void playerTurnsThePictureWhereTheBrowserDoesNot() throws Exception {
        rotate(180);
        application = Application.start("-c", config.toString());
        browser.open(page("style=\"width: 640px; height: 360px\""));
        for (int degrees : new int[] {180, 90, 270, 0, 180}) {
            rotate(degrees);
            awaitTurned("rotation-by-player-" + degrees, degrees);
            assertThat(browser.stats()).containsEntry("turnedDegrees", (long) degrees);
        }
        assertThat(browser.stats()).containsEntry("reconnects", 0L).containsEntry("rebuilds", 0L);
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void playerMakesRoomForAPortraitWhereThePageLetsIt() throws Exception {
        rotate(90);
        application = Application.start("-c", config.toString());
        browser.open(page("width=\"180\""));
        awaitTurned("rotation-by-player-room", 90);
        assertThat(browser.number("document.querySelector('video').offsetHeight"))
                .as("of 180 across")
                .isEqualTo(320);
    }

    private void rotate(int degrees) throws IOException {
        Files.writeString(config, "camera: {file: " + CLIP + ", rotation: " + degrees + "}\n");
    }

    /** Waits until the picture, as large as its element lets it, is on the screen, turned as it should. */
    private void awaitTurned(String screenshot, int degrees) throws IOException {
        browser.await("window.BerryMSE?.players[0]?.state === 'live'");
        String expected = CORNERS.get(degrees);
        String seen = "";
        for (int i = 0; i < 100 && !seen.equals(expected); i++) {
            seen = corners(browser.screenshot(screenshot), degrees);
        }
        assertThat(seen).as("corners on the screen at " + degrees).isEqualTo(expected);
    }

    /** The colours at the picture's corners, or where else they are: beside a picture that fits its box is none. */
    private String corners(Path screenshot, int degrees) throws IOException {
        BufferedImage screen = ImageIO.read(screenshot.toFile());
        double boxWidth = browser.number("document.querySelector('video').offsetWidth");
        double boxHeight = browser.number("document.querySelector('video').offsetHeight");
        double middleX = browser.number(
                "(box => box.x + box.width / 2)(document.querySelector('video').getBoundingClientRect())");
        double middleY = browser.number(
                "(box => box.y + box.height / 2)(document.querySelector('video').getBoundingClientRect())");
        boolean isUpright = degrees % 180 == 0;
        double ratio = isUpright ? CLIP_WIDTH / CLIP_HEIGHT : CLIP_HEIGHT / CLIP_WIDTH;
        double halfWidth = Math.min(boxWidth, boxHeight * ratio) / 2;
        double halfHeight = halfWidth / ratio;
        var colours = new StringBuilder();
        for (int corner = 0; corner < 4; corner++) {
            int right = corner % 2 * 2 - 1;
            int down = corner / 2 * 2 - 1;
            colours.append(colour(screen, middleX + right * (halfWidth - 4), middleY + down * (halfHeight - 4)));
            char beside = boxWidth / 2 > halfWidth + 8
                    ? colour(screen, middleX + right * (halfWidth + 4), middleY)
                    : colour(screen, middleX, middleY + down * (halfHeight + 4));
            colours.append(beside == '-' ? "" : "(" + beside + " beside)");
        }
        return colours.toString();
    }

    private static char colour(BufferedImage screen, double x, double y) {
        if (x < 0 || y < 0 || x >= screen.getWidth() || y >= screen.getHeight()) {
            return '-';
        }
        int rgb = screen.getRGB((int) x, (int) y);
        String bright = (rgb >> 16 & 0xff) / 128 + "" + (rgb >> 8 & 0xff) / 128 + (rgb & 0xff) / 128;
        return switch (bright) {
            case "100" -> 'R';
            case "010" -> 'G';
            case "001" -> 'B';
            case "110" -> 'Y';
            default -> '-';
        };
    }

    /** A page of another origin, in a browser that leaves the turn to it. */
    private String page(String video) throws IOException {
        String text = "<!DOCTYPE html><title>Another origin</title><link rel=\"icon\" href=\"data:,\">"
                + "<body style=\"margin: 0; background: white\"><script>" + WITHOUT_MATRIX + "</script>"
                + "<video id=\"camera\" " + video + "></video><script src=\"" + application.url("/berrymse.js")
                + "\"></script><script>BerryMSE.initialize(document.getElementById(\"camera\"));</script>";
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        elsewhere.start();
        return "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/";
    }
}
