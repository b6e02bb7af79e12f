package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.CameraLab;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole application on a real kernel's {@code /dev/video0}, in the camera lab's virtual machine, with a viewer on the
 * host. Runs with {@code -Dcamera.lab=true} after {@code camera-lab/setup}.
 */
@Timeout(1000)
class CameraLabTest {
    /** Frames at the 15 per second that the cameras run at, so that an emulated machine keeps up. */
    private static final int THIRTY_SECONDS = 450;

    private static final Pattern NO_LOSS = Pattern.compile("no loss: frames (\\d+) to (\\d+)");

    @BeforeAll
    static void needsTheVirtualMachine() {
        CameraLab.assumeIsThere();
    }

    private static LabGuest.Seen watch(String camera, int frames, String... trouble) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(camera, "" + frames));
        arguments.addAll(List.of(trouble));
        String kind = camera.equals("legacy") ? "legacy=--fps 15" : camera;
        int seconds = frames; // an emulated machine may take some tries
        return LabGuest.watch(camera, List.of("--camera", kind), "camera-lab-application.py", arguments, seconds);
    }

    /** The samples that the stream's access units become, by their content: each picture of it is one slice. */
    private static Map<ByteBuffer, Integer> samples() throws IOException {
        byte[] stream = Files.readAllBytes(CameraLab.CACHE.resolve("streams/pi-720p30.h264"));
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
                .map(message -> samples.get(
                        ByteBuffer.wrap(message, 112, message.length - 112).slice()))
                .toList();
    }

    /** What the viewer was sent while, as the application says, nothing was lost. */
    private static List<byte[]> withoutLoss(LabGuest.Seen seen) {
        Matcher words = NO_LOSS.matcher(seen.said());
        assertThat(words.find()).as(seen.said()).isTrue();
        return seen.messages().subList(1 + Integer.parseInt(words.group(1)), 1 + Integer.parseInt(words.group(2)));
    }

    private static void assertInOrder(List<Integer> pictures, int count) {
        for (int i = 1; i < pictures.size(); i++) {
            assertThat(pictures.get(i)).as("picture %s", i).isEqualTo((pictures.get(i - 1) + 1) % count);
        }
    }

    @Test
    void piCameraLosesNoFrameInThirtySecondsAndItsViewerStaysWhateverBecomesOfIt() throws Exception {
        LabGuest.Seen seen = watch("picam", THIRTY_SECONDS, "trouble");

        FragmentBytes.checkTimeline(seen.messages());
        List<byte[]> steady = withoutLoss(seen);
        assertThat(steady).hasSize(THIRTY_SECONDS);
        assertInOrder(pictures(steady), samples().size());
        assertThat(seen.said())
                .contains("source v4l2 plays /dev/video0")
                .contains("frozen: stalled", "thawed: playing", "gone: ", "back: playing")
                .contains("ended with 143");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        seen.messages().forEach(file::writeBytes);
        Path path = Files.write(Path.of("target", "camera-lab-picam.mp4"), file.toByteArray());
        Process judge = new ProcessBuilder(
                        "ffmpeg", "-v", "error", "-i", path.toString(), "-f", "rawvideo", "-y", "/dev/null")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(judge.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    /** Few of them here; {@code -Dcamera.lab.replugs=50} for figures that mean something. */
    @Test
    @Timeout(3600)
    void webcamThatIsPluggedInElsewhereIsBackForViewersThatStayed() throws Exception {
        int replugs = Integer.getInteger("camera.lab.replugs", 3);
        LabGuest.Seen seen =
                LabGuest.watch("replug", List.of(), "camera-lab-replug.py", List.of("" + replugs), 15 * replugs);

        assertThat(seen.messages()).as("a picture before, and after each").hasSizeGreaterThan(1 + replugs);
        FragmentBytes.checkTimeline(seen.messages());
        assertThat(seen.said())
                .contains("source uvc plays /dev/video0 (Camera Lab UVC H.264 (1209:0001)), 640x480")
                .contains("replug " + replugs + ": ", "viewers closed: 0", "ended with 143");
        assertThat(seen.said().lines().filter(line -> line.startsWith("replug ")))
                .hasSize(replugs);
        assertThat(seen.said().lines().filter(line -> line.startsWith("at first: ")))
                .hasSize(replugs)
                .allSatisfy(line -> assertThat(line).containsAnyOf("unplugged", "does not answer"));
        seen.said().lines().filter(line -> line.startsWith("back after")).forEach(System.out::println);
    }

    @Test
    void aDriverThatRefusesNearlyEverythingStillStreams() throws Exception {
        LabGuest.Seen seen = watch("legacy", 150);

        FragmentBytes.checkTimeline(seen.messages());
        assertInOrder(pictures(withoutLoss(seen)), samples().size());
    }
}
