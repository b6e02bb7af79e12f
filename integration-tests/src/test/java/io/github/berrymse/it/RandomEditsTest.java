package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file is edited at random, well and badly, while somebody watches: the stream goes on and nothing leaks. */
@Timeout(240)
class RandomEditsTest {
    private static final int EDITS = 500;
    private static final int SLACK = 5;
    private static final String GOOD = "camera: {bitrate: 1234567}\n";
    private static final Path CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();

    @TempDir
    Path folder;

    private final Random random = new Random(3);

    @Test
    void theStreamGoesOnThroughFiveHundredEditsAndNothingLeaks() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), GOOD);
        try (Application application = Application.start("-c", config.toString());
                Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(30);
            awaitGoodSettings(application);
            long threads = threads(application);
            long descriptors = descriptors(application);

            for (int i = 0; i < EDITS; i++) {
                edit(config);
                Thread.sleep(random.nextInt(10) == 0 ? 700 : random.nextInt(10, 40));
            }
            String log = application.log();
            assertThat(log).contains("was read again", "the settings stay as they were");

            Files.writeString(config, GOOD);
            awaitGoodSettings(application);
            checkTimeline(viewer.await(viewer.count() + 30));
            while (threads(application) > threads + SLACK || descriptors(application) > descriptors + SLACK) {
                Thread.sleep(100);
            }
            assertThat(viewer.isClosed()).isFalse();
        }
    }

    private void edit(Path config) throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> Files.deleteIfExists(config);
            case 1 -> Files.write(config, garbage());
            case 2 -> Files.writeString(config, "");
            case 3 -> Files.writeString(config, one(broken()));
            default -> Files.writeString(config, one(valid()));
        }
    }

    private String one(List<String> contents) {
        return contents.get(random.nextInt(contents.size()));
    }

    private byte[] garbage() {
        byte[] garbage = new byte[random.nextInt(1, 4096)];
        random.nextBytes(garbage);
        return garbage;
    }

    /** The first camera keeps its name, so its viewer is to stay. */
    private List<String> valid() {
        int n = random.nextInt(1, 100);
        return List.of(
                "camera: {bitrate: " + n * 100_000 + "}\n",
                "camera: {width: " + n * 16 + ", height: " + n * 12 + "}\n",
                "camera: {controls: {brightness: " + n + ", no_such_control: 1}, keyframeInterval: " + n + "}\n",
                "camera: {framerate: " + n + ", rotation: 90, profile: main}\n",
                "camera: {file: " + CLIP + "}\n",
                "camera: {}\ncameras: {second: {file: " + CLIP + "}}\n",
                "camera: {}\ncameras: {second: {}, third: {sourceFD: /dev/none}}\n",
                "cameras: {camera: {bitrate: " + n + "}, second: {file: /none}}\n",
                "bundles: {com.example.door: {open: " + n + ", keys: [a, b]}, com.example.lamp~" + n
                        + ": {on: true}}\n",
                "server: {webSocket: other}\n");
    }

    private List<String> broken() {
        String whole = one(valid());
        return List.of(
                whole.substring(0, random.nextInt(whole.length())),
                "camera: {width: wide}\n",
                "camera: [1, 2]\n",
                "camera: {rotation: 45}\n",
                "camera: 7\n",
                "- camera\n",
                "camera: {colour: red}\nserver: {port: 80}\nfriends: {}\n",
                "camera: {sourceFD: {a: b}, controls: none}\n",
                "server: {url: nowhere:at:all}\n",
                "bundles: {com.example.door: 3}\n",
                "bundles: {com.example.door: {a: 1, A: 2}}\n",
                "bundles: {'': {a: 1}, 'a b~': {a: }}\n",
                "bundles: {com.example.door: &a {b: [*a]}}\n",
                "camera: " + "[".repeat(20_000) + "\n");
    }

    private static void awaitGoodSettings(Application application) throws Exception {
        while (application
                        .awaitState("playing")
                        .getAsJsonObject("asked")
                        .get("bitrateBps")
                        .getAsInt()
                != 1234567) {
            Thread.sleep(20);
        }
    }

    private static void checkTimeline(List<byte[]> messages) {
        long expectedTicks = 0;
        int sequenceNumber = 0;
        for (byte[] message : messages) {
            if (!new String(message, 4, 4, StandardCharsets.US_ASCII).equals("ftyp")) {
                FragmentBytes fragment = new FragmentBytes(message);
                fragment.check();
                assertThat(fragment.sequenceNumber()).isEqualTo(++sequenceNumber);
                assertThat(fragment.decodeTimeTicks()).isEqualTo(expectedTicks);
                expectedTicks += fragment.durationTicks();
            }
        }
    }

    /** All but the web server's pool, which grows and shrinks as it likes. */
    private static long threads(Application application) throws IOException {
        long threads = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(proc(application, "task"))) {
            for (Path task : tasks) {
                threads += name(task).startsWith("qtp") ? 0 : 1;
            }
        }
        return threads;
    }

    /** A thread's name; none when it has just ended. */
    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException e) {
            return "";
        }
    }

    private static long descriptors(Application application) throws IOException {
        try (Stream<Path> descriptors = Files.list(proc(application, "fd"))) {
            return descriptors.count();
        }
    }

    private static Path proc(Application application, String folder) {
        return Path.of("/proc", String.valueOf(application.pid()), folder);
    }
}
