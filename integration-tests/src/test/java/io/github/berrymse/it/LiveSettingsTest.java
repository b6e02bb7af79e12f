package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every setting changes while people watch: the file is edited, and a viewer's connection and timeline go on. */
@Timeout(120)
class LiveSettingsTest {
    private static final Path OTHER_CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();

    @TempDir
    Path folder;

    private Path config;
    private Application application;
    private Viewer viewer;

    @BeforeEach
    void start() throws Exception {
        config = Files.writeString(folder.resolve("config.yml"), "camera: {bitrate: 1000000}\n");
        application = Application.start("-c", config.toString());
        viewer = Viewer.connect(application.webSocket());
        viewer.await(10);
    }

    @AfterEach
    void stop() throws IOException {
        viewer.close();
        application.close();
    }

    private JsonObject awaitCamera(Predicate<JsonObject> isTrue) throws Exception {
        for (JsonObject camera = application.camera(); ; camera = application.camera()) {
            if (isTrue.test(camera)) {
                return camera;
            }
            Thread.sleep(20);
        }
    }

    private JsonObject awaitBitrate(int bitrateBps) throws Exception {
        return awaitCamera(
                camera -> camera.getAsJsonObject("asked").get("bitrateBps").getAsInt() == bitrateBps);
    }

    private void awaitLog(String words) throws Exception {
        while (!application.log().contains(words)) {
            Thread.sleep(20);
        }
    }

    private List<byte[]> fifteenMore() throws InterruptedException {
        return viewer.await(viewer.count() + 15);
    }

    @Test
    void aFileWrittenInPlaceIsAppliedWithoutAGap() throws Exception {
        long framesIn = application.camera().get("framesIn").getAsLong();
        Files.writeString(config, "camera: {bitrate: 2000000}\n");
        JsonObject camera = awaitBitrate(2000000);

        assertThat(camera.get("framesIn").getAsLong()).isGreaterThan(framesIn);
        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(1);
        assertThat(application.log().split("source file plays", -1))
                .as("it was not opened anew")
                .hasSizeLessThan(4);
    }

    @Test
    void aFileRenamedOverItIsApplied() throws Exception {
        Path next = Files.writeString(folder.resolve("next"), "camera: {bitrate: 2000001}\n");
        Files.move(next, config, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        awaitBitrate(2000001);

        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(1);
    }

    @Test
    void aLinkThatIsSwitchedIsApplied() throws Exception {
        Path one = Files.writeString(folder.resolve("one.yml"), "camera: {bitrate: 1000001}\n");
        Path two = Files.writeString(folder.resolve("two.yml"), "camera: {bitrate: 1000002}\n");
        Files.delete(config);
        Files.createSymbolicLink(config, one);
        awaitBitrate(1000001);
        Path link = Files.createSymbolicLink(folder.resolve("link"), two);
        Files.move(link, config, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        awaitBitrate(1000002);

        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(1);
    }

    @Test
    void anotherSourceGivesANewInitializationSegmentOnTheSameConnection() throws Exception {
        Files.writeString(config, "camera: {file: " + OTHER_CLIP + "}\n");
        awaitCamera(camera -> camera.get("reason").getAsString().contains("high.h264")
                && camera.get("state").getAsString().equals("playing"));

        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(2);
    }

    @Test
    void anotherWebSocketNameLeavesPresentViewersAlone() throws Exception {
        Files.writeString(config, "server: {webSocket: other}\n");
        while (application.get("/other").statusCode() != 426) {
            Thread.sleep(20);
        }
        try (Viewer second = Viewer.connect(URI.create("ws://127.0.0.1:" + application.port() + "/other"))) {
            second.await(5);
        }
        assertThat(application.get("/video_websocket").statusCode()).isEqualTo(404);
        FragmentBytes.checkContiguous(fifteenMore());
    }

    @Test
    void aCameraThatIsAddedIsServedAndOneThatLeavesTellsItsViewers() throws Exception {
        Files.writeString(config, "cameras: {camera: {}, second: {file: " + OTHER_CLIP + "}}\n");
        while (application.get("/video_websocket/second").statusCode() != 426) {
            Thread.sleep(20);
        }
        try (Viewer second = Viewer.connect(URI.create(application.webSocket() + "/second"))) {
            second.await(5);
            Files.writeString(config, "camera: {}\n");
            assertThat(second.awaitClose()).isEqualTo(1001);
        }
        FragmentBytes.checkContiguous(fifteenMore());
    }

    @Test
    void anotherAddressMovesTheServerAndTellsItsViewers() throws Exception {
        int port = Application.freePort();
        application.close();
        Files.writeString(config, "server: {url: '127.0.0.1:" + application.port() + "'}\n");
        Process process = new ProcessBuilder(Application.EXECUTABLE.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            while (!Files.readString(folder.resolve("log")).contains(" is at ")) {
                Thread.sleep(20);
            }
            Viewer first = Viewer.connect(application.webSocket());
            first.await(5);
            Files.writeString(config, "server: {url: '127.0.0.1:" + port + "'}\n");
            assertThat(first.awaitClose()).isEqualTo(1001);
            while (!Files.readString(folder.resolve("log")).contains("is at http://127.0.0.1:" + port)) {
                Thread.sleep(20);
            }
            try (Viewer second = connect(URI.create("ws://127.0.0.1:" + port + "/video_websocket"))) {
                second.await(5);
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Viewer connect(URI address) throws InterruptedException {
        while (true) {
            try {
                return Viewer.connect(address);
            } catch (java.util.concurrent.CompletionException e) {
                Thread.sleep(50);
            }
        }
    }

    @Test
    void aBrokenFileLeavesTheLastGoodSettings() throws Exception {
        Files.writeString(config, "camera: [bitrate\n");
        awaitLog("the settings stay as they were");
        Files.writeString(config, "camera: {rotation: 45}\n");
        awaitLog("camera.rotation: '45' is not one of");

        assertThat(application
                        .camera()
                        .getAsJsonObject("asked")
                        .get("bitrateBps")
                        .getAsInt())
                .isEqualTo(1000000);
        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(1);
        Files.writeString(config, "camera: {bitrate: 3000000}\n");
        awaitBitrate(3000000);
    }
}
