package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file is edited at random, well and badly, while somebody watches: the stream goes on and nothing leaks. */
@Timeout(240)
class RandomEditsTest {
    private static final int EDITS = 500;
    private static final int TAKEN_OF = 7;
    private static final int MOVES = 12;
    private static final int SLACK = 5;
    private static final String GOOD = "camera: {bitrate: 1234567}\n";
    private static final Path CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();

    @TempDir
    Path folder;

    private final Random random = new Random(3);
    private int contents;

    @Test
    void theStreamGoesOnThroughFiveHundredEditsAndNothingLeaks() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), GOOD);
        try (Application application = Application.start("-c", config.toString());
                Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(30);
            awaitGoodSettings(application);
            long threads = application.threads();
            long descriptors = application.descriptors();

            for (int i = 0; i < EDITS; i++) {
                if (i % TAKEN_OF == 0) {
                    editAndAwait(application, config, content());
                } else if (random.nextInt(8) == 0) {
                    Files.deleteIfExists(config);
                } else {
                    write(config, content());
                }
                Thread.sleep(random.nextInt(10, 40));
            }
            assertThat(application.log()).contains("was read again", "the settings stay as they were");
            assertThat(taken(application)).isGreaterThanOrEqualTo(EDITS / TAKEN_OF);

            Files.writeString(config, GOOD);
            awaitGoodSettings(application);
            checkTimeline(viewer.await(viewer.count() + 30));
            awaitNoMore(application, threads, descriptors);
            assertThat(viewer.isClosed()).isFalse();
        }
    }

    @Test
    void whoWatchesIsToldWhenTheServerMovesOrTheFirstCameraIsRenamedAndNothingLeaks() throws Exception {
        int[] ports = {Application.freePort(), Application.freePort()};
        String[] names = {"door", "yard"};
        int move = 0;
        Path config = folder.resolve("config.yml");
        Files.writeString(config, placed(ports[0], names[0]));
        try (Application application = Application.startOn(ports[0], config)) {
            Viewer viewer = connect(ports[0]);
            viewer.await(10);
            long threads = application.threads();
            long descriptors = application.descriptors();
            for (int i = 0; i < MOVES; i++) {
                if (random.nextInt(3) == 0) {
                    editAndAwait(application, config, one(broken()));
                }
                int next = move ^ random.nextInt(1, 4); // another port, another name, or both
                Files.writeString(config, placed(ports[next & 1], names[next >> 1]));
                assertThat(viewer.awaitClose()).isEqualTo(1001);
                if ((next & 1) != (move & 1)) {
                    application.awaitAddress();
                }
                move = next;
                viewer = connect(ports[move & 1]);
                FragmentBytes.checkContiguous(viewer.await(5));
            }
            awaitNoMore(application, threads, descriptors);
            viewer.close();
        }
    }

    private static String placed(int port, String name) {
        return "server: {url: '127.0.0.1:" + port + "'}\ncamera: {name: " + name + "}\n";
    }

    /** Waits for a server, or a camera, that has just come. */
    private static Viewer connect(int port) throws InterruptedException {
        while (true) {
            try {
                return Viewer.connect(URI.create("ws://127.0.0.1:" + port + "/video_websocket"));
            } catch (UncheckedIOException e) {
                Thread.sleep(20);
            }
        }
    }

    /** Saves the file, and lets it lie until it was applied or refused. */
    private static void editAndAwait(Application application, Path config, String content) throws Exception {
        int taken = taken(application);
        write(config, content);
        while (taken(application) == taken) {
            Thread.sleep(10);
        }
    }

    private static int taken(Application application) throws IOException {
        String log = application.log();
        assertThat(log).doesNotContain("could not be applied");
        return log.split("was read again|the settings stay as they were", -1).length - 1;
    }

    private static void awaitNoMore(Application application, long threads, long descriptors) throws Exception {
        while (application.threads() > threads + SLACK || application.descriptors() > descriptors + SLACK) {
            Thread.sleep(100);
        }
    }

    /** With something that no other has, so that it is never what was applied already. */
    private String content() {
        String content =
                switch (random.nextInt(7)) {
                    case 0 -> garbage();
                    case 1 -> "";
                    case 2 -> one(broken());
                    default -> one(valid());
                };
        return content + "# " + contents++ + "\n";
    }

    private static void write(Path config, String content) throws IOException {
        Files.writeString(config, content, StandardCharsets.ISO_8859_1); // garbage as it is
    }

    private String garbage() {
        byte[] garbage = new byte[random.nextInt(1, 4096)];
        random.nextBytes(garbage);
        return new String(garbage, StandardCharsets.ISO_8859_1);
    }

    private String one(List<String> contents) {
        return contents.get(random.nextInt(contents.size()));
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
}
