package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
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

    private JsonObject awaitAsked(String name, Object value) throws Exception {
        return awaitCamera(camera ->
                camera.getAsJsonObject("asked").get(name).getAsString().equals(String.valueOf(value)));
    }

    private JsonObject awaitBitrate(int bitrateBps) throws Exception {
        return awaitAsked("bitrateBps", bitrateBps);
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
    void aBrokenFileLeavesTheLastGoodSettings() throws Exception {
        Files.writeString(config, "camera: [bitrate\n");
        application.awaitLog("the settings stay as they were");
        Files.writeString(config, "camera: {rotation: 45}\n");
        application.awaitLog("camera.rotation: '45' is not one of");

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

    @Test
    void whateverIsAskedOfACameraChangesAndItsViewersStay() throws Exception {
        for (String[] edit : new String[][] {
            {"width: 640", "width", "640"},
            {"height: 480", "height", "480"},
            {"framerate: 60", "framesPerSecond", "60.0"},
            {"profile: Main", "profile", "main"},
            {"keyframeInterval: 15", "keyFrameIntervalFrames", "15"},
            {"rotation: 90", "rotationDegrees", "90"},
        }) {
            Files.writeString(config, "camera: {" + edit[0] + "}\n");
            awaitAsked(edit[1], edit[2]);
            application.awaitState("playing");
            FragmentBytes.checkContiguous(fifteenMore());
        }
        assertThat(application.log()).doesNotContain("ERROR", "WARN");
    }

    @Test
    void aDeviceThatGivesNoPictureIsRolledBackAndTriedAgainWhenItIsSavedAgain() throws Exception {
        Path device = folder.resolve("late.h264");
        Files.writeString(config, "camera: {sourceFD: " + device + "}\n");
        application.awaitLog("back to the last settings that worked");
        awaitAsked("device", "");
        fifteenMore();

        Files.copy(OTHER_CLIP, device);
        Files.writeString(config, "camera: {sourceFD: " + device + ", bitrate: 2000000}\n");
        awaitCamera(camera -> camera.get("reason").getAsString().startsWith(device.toString())
                && camera.get("state").getAsString().equals("playing"));
        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(2);
    }

    @Test
    void theSameContentSavedAgainDoesNothing() throws Exception {
        Files.writeString(config, "camera: {bitrate: 1000000}\n");
        Path next = Files.writeString(folder.resolve("next"), "camera: {bitrate: 1000000}\n");
        Thread.sleep(800); // long enough that it would be read; not needed to pass
        Files.move(next, config, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Thread.sleep(800);

        assertThat(application.log()).doesNotContain("was read again");
        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadIsNotCalledGone() throws Exception {
        Files.delete(config);
        application.awaitLog("config.yml is gone; the settings stay as they were");
        Files.createSymbolicLink(config, config); // which root cannot read either
        application.awaitLog("config.yml cannot be read: Too many levels of symbolic links");
        Files.delete(config);
        try (SeekableByteChannel large =
                Files.newByteChannel(config, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            large.position(70_000_000);
            large.write(ByteBuffer.wrap(new byte[1]));
        }
        application.awaitLog("config.yml is larger than 1 MB, and no configuration; the settings stay as they were");
        Files.writeString(config, "camera: {bitrate: 5000000}\n");
        awaitBitrate(5000000);

        assertThat(application.log()).doesNotContain("Exception");
        assertThat(FragmentBytes.checkContiguous(fifteenMore())).isEqualTo(1);
    }

    @Test
    void aBundleThatIsBeingSwappedHoldsUpNoSettings() throws Exception {
        Path blind = BundleJars.edited(
                "source-file",
                Map.of("Bundle-Version", "1.0.1"),
                content -> content.replace("class=\"io.github", "class=\"com.example"),
                folder.resolve("blind.jar"));
        Process swap = new ProcessBuilder(
                        Application.EXECUTABLE.toString(),
                        "swap",
                        blind.toString(),
                        "-l",
                        "127.0.0.1:" + application.port())
                .start();
        awaitCamera(camera -> !camera.get("state").getAsString().equals("playing"));
        Files.writeString(config, "camera: {bitrate: 2000000}\n");
        awaitBitrate(2000000);
        Files.writeString(config, "camera: {bitrate: 3000000}\n");
        awaitBitrate(3000000);

        assertThat(swap.isAlive()).as("the swap takes 10 s to fail").isTrue();
        swap.destroy();
    }
}
