package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole application on a real kernel's {@code /dev/video0}, in the camera lab's virtual machine, with a viewer on the
 * host. Runs with {@code -Dcamera.lab=true} after {@code camera-lab/setup}.
 */
@Timeout(600)
class CameraLabTest {
    private static final Path LAB = Path.of("..", "camera-lab").toAbsolutePath().normalize();
    private static final Path CACHE = Path.of(
            System.getenv().getOrDefault("CAMERA_LAB_CACHE", System.getProperty("user.home") + "/.cache/camera-lab"));
    /** Frames at the 15 per second that the cameras run at, so that an emulated machine keeps up. */
    private static final int THIRTY_SECONDS = 450;

    @BeforeAll
    static void needsTheVirtualMachine() {
        assumeTrue(Boolean.getBoolean("camera.lab"), "skipped: the camera lab runs with -Dcamera.lab=true only");
        assumeTrue(
                Files.exists(CACHE.resolve("amd64/made")),
                "skipped: the camera lab's virtual machine is not there; camera-lab/setup makes it");
    }

    /** What the viewer on the host was sent, and what the guest said. */
    private record Seen(List<byte[]> messages, String said) {}

    private static Seen watch(String camera, int frames, String... trouble) throws Exception {
        int port = Application.freePort();
        List<String> command = new ArrayList<>(List.of(
                LAB.resolve("run").toString(),
                "--timeout",
                "500",
                "--camera",
                camera.equals("legacy") ? "legacy=--fps 15" : camera,
                "--forward",
                port + ":2020"));
        command.addAll(List.of("--env", "JAVA_OPTS=-XX:TieredStopAtLevel=1", "--", "/usr/bin/python3"));
        command.add(Path.of("src/test/resources/camera-lab-application.py")
                .toAbsolutePath()
                .toString());
        command.addAll(List.of(Application.EXECUTABLE.toString(), camera, "" + frames));
        command.addAll(List.of(trouble));
        Path logs = Files.createDirectories(Path.of("target", "logs"));
        Path said = logs.resolve("camera-lab-" + camera + ".log");
        Process guest = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (Viewer viewer = connect(guest, URI.create("ws://127.0.0.1:" + port + "/video_websocket"))) {
            int exitCode = guest.waitFor();
            String words = Files.readString(said);
            assertThat(exitCode).as(words).isZero();
            return new Seen(viewer.await(frames), words);
        } finally {
            guest.destroy();
        }
    }

    private static Viewer connect(Process guest, URI address) throws Exception {
        while (guest.isAlive()) {
            try {
                return Viewer.connect(address);
            } catch (CompletionException e) {
                Thread.sleep(200);
            }
        }
        throw new IOException("the guest has ended");
    }

    /** The samples that the stream's access units become, by their content: each picture of it is one slice. */
    private static Map<ByteBuffer, Integer> samples() throws IOException {
        byte[] stream = Files.readAllBytes(CACHE.resolve("streams/pi-720p30.h264"));
        Map<ByteBuffer, Integer> samples = new HashMap<>();
        int start = -1;
        for (int i = 0; i <= stream.length; i++) {
            boolean isStartCode = i + 3 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
            if (!isStartCode && i < stream.length) {
                continue;
            }
            if (start >= 0 && ((stream[start] & 0x1F) == 1 || (stream[start] & 0x1F) == 5)) {
                int end = i;
                while (stream[end - 1] == 0) {
                    end--;
                }
                ByteBuffer sample = ByteBuffer.allocate(4 + end - start);
                sample.putInt(end - start).put(stream, start, end - start).flip();
                samples.put(sample, samples.size());
            }
            start = i + 3;
        }
        return samples;
    }

    private static List<Integer> pictures(List<byte[]> messages) throws IOException {
        Map<ByteBuffer, Integer> samples = samples();
        return messages.stream()
                .skip(1)
                .map(message -> samples.get(
                        ByteBuffer.wrap(message, 112, message.length - 112).slice()))
                .toList();
    }

    private static void assertInOrder(List<Integer> pictures, int count) {
        for (int i = 1; i < pictures.size(); i++) {
            assertThat(pictures.get(i)).as("picture %s", i).isEqualTo((pictures.get(i - 1) + 1) % count);
        }
    }

    @Test
    void piCameraLosesNoFrameInThirtySecondsAndItsViewerStaysWhateverBecomesOfIt() throws Exception {
        Seen seen = watch("picam", THIRTY_SECONDS, "trouble");

        FragmentBytes.checkTimeline(seen.messages);
        assertInOrder(
                pictures(seen.messages.subList(0, THIRTY_SECONDS + 1)),
                samples().size());
        assertThat(seen.messages).hasSizeGreaterThan(THIRTY_SECONDS + 140);
        assertThat(seen.said)
                .contains("source v4l2 plays /dev/video0")
                .contains("begun: playing", "frozen: stalled", "thawed: playing", "gone: waiting", "back: playing")
                .contains("ended with 143");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        seen.messages.forEach(file::writeBytes);
        Path path = Files.write(Path.of("target", "camera-lab-picam.mp4"), file.toByteArray());
        Process judge = new ProcessBuilder(
                        "ffmpeg", "-v", "error", "-i", path.toString(), "-f", "rawvideo", "-y", "/dev/null")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(judge.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    void aDriverThatRefusesNearlyEverythingStillStreams() throws Exception {
        Seen seen = watch("legacy", 300);

        FragmentBytes.checkTimeline(seen.messages);
        int count = samples().size();
        List<Integer> pictures = pictures(seen.messages);
        for (int i = 1;
                i < pictures.size();
                i++) { // it overwrites what a cold program on an emulated machine reads late
            boolean isNext = pictures.get(i) == (pictures.get(i - 1) + 1) % count;
            assertThat(isNext || pictures.get(i) % 60 == 0).as("picture %s", i).isTrue();
        }
        assertInOrder(pictures.subList(150, 300), count);
    }
}
