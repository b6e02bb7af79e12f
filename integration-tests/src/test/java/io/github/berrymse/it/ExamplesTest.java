package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outside projects of examples/: built as their tutorials say, dropped into a running server, judged by ffmpeg. */
@Timeout(120)
class ExamplesTest {
    private static final Path CLIP =
            Path.of("..", "h264", "src", "test", "streams", "four-slices.h264").toAbsolutePath();
    private static final int CLIP_PICTURES = 12;

    @TempDir
    Path folder;

    private Path bundles;

    @BeforeAll
    static void installApi() throws IOException {
        OutsideBuild.installApi();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        bundles = Files.createDirectory(folder.resolve("bundles"));
    }

    /** Built, and put into the folder at once whole. */
    private void drop(String example) throws Exception {
        Path part = Files.copy(OutsideBuild.pack(example), folder.resolve("part"));
        Files.move(part, bundles.resolve(example + ".jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private record Ended(String out, String err) {}

    private Process ffmpeg(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "framemd5", "-"));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "ffmpeg is not installed: nobody judges the examples");
            throw e;
        }
    }

    /** Each picture as a hash; an error line fails the test. */
    private List<String> pictures(Process ffmpeg) throws Exception {
        assertThat(ffmpeg.waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("err"))).as("ffmpeg").isEmpty();
        return Files.readAllLines(folder.resolve("out")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(".*, ", ""))
                .toList();
    }

    @Test
    void aTransportOfAHundredLinesIsUnderstoodByAPlayerThatKnowsNothingOfUs() throws Exception {
        List<String> expected = pictures(ffmpeg("-i", CLIP.toString()));
        int port = freeUdpPort();
        Files.writeString(
                folder.resolve("config.yml"),
                """
                camera:
                  file: %s
                bundles:
                  com.example.transport.udp.UdpTransport:
                    port: %d
                    stream.target: (camera.name=camera)
                """
                        .formatted(CLIP, port));
        Process player = null;
        try (Application application = Application.start(folder)) {
            player = ffmpeg("-f", "h264", "-i", "udp://127.0.0.1:" + port, "-frames:v", "60");
            awaitListener(port);
            drop("transport-udp");

            List<String> seen = pictures(player);
            assertThat(seen).hasSize(60);
            int first = expected.indexOf(seen.get(0));
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).as("picture %d", i).isEqualTo(expected.get((first + i) % CLIP_PICTURES));
            }
            JsonObject addresses = application.camera().getAsJsonObject("addresses");
            assertThat(addresses.get("udp").getAsString()).isEqualTo("udp://127.0.0.1:" + port);
        } finally {
            if (player != null) {
                player.destroy();
            }
        }
    }

    @Test
    void theExampleIsAsShortAsItIsSaidToBe() throws IOException {
        Path source = OutsideBuild.example("transport-udp")
                .resolve(Path.of("src", "main", "java", "com", "example", "transport", "udp", "UdpTransport.java"));
        assertThat(Files.readAllLines(source)).hasSizeLessThan(100);
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListener(int port) throws Exception {
        while (!Files.readString(Path.of("/proc/net/udp")).contains(":%04X ".formatted(port))) {
            Thread.sleep(10);
        }
    }

    @Test
    void aSourceRelaysTheCameraOfAServer() throws Exception {
        int port = Application.freePort();
        Files.writeString(
                folder.resolve("config.yml"),
                """
                camera: {}
                cameras:
                  far:
                    sourceFD: http://127.0.0.1:%d/stream/camera.mp4
                """
                        .formatted(port));
        try (Application application = Application.start(folder, "-l", "127.0.0.1:" + port);
                Viewer viewer = Viewer.connect(URI.create(application.webSocket() + "/far"))) {
            drop("source-relay");

            List<byte[]> messages = viewer.await(91);
            assertThat(FragmentBytes.checkContiguous(messages)).as("inits").isEqualTo(1);
            assertThat(new DemoSamples().checkReferences(messages)).as("jumps").isZero();
            Path file = folder.resolve("far.mp4");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            messages.forEach(bytes::writeBytes);
            Files.write(file, bytes.toByteArray());
            assertThat(pictures(ffmpeg("-i", file.toString()))).hasSize(messages.size() - 1);
        }
    }

    @Test
    void thePageOfAnotherOriginPlays() throws Exception {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        Path page = folder.resolve("index.html");
        try (Application application = Application.start();
                Browser browser = Browser.start()) {
            String given =
                    Files.readString(OutsideBuild.example("embed-the-player").resolve("index.html"));
            Files.writeString(page, given.replace("localhost:2020", "127.0.0.1:" + application.port()));
            browser.open(page.toUri().toString());
            browser.await("document.getElementById('state').value === 'live'");
            browser.await("handle.stats().decodedFrames > 30");
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }
}
