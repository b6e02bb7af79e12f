package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jars come to the folder beside config.yml, change and go, while two viewers watch. */
@Timeout(120)
class SwapTest {
    private static final Path CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();

    @TempDir
    Path folder;

    private Path jars;
    private Application application;
    private List<Viewer> viewers;

    @BeforeEach
    void start() throws Exception {
        jars = folder.resolve("bundles");
        application = Application.start(folder, "-c", ".");
        viewers = List.of(Viewer.connect(application.webSocket()), Viewer.connect(application.webSocket()));
        more(10);
        Files.createDirectory(jars); // it was waited for
    }

    @AfterEach
    void stop() throws IOException {
        viewers.forEach(Viewer::close);
        application.close();
    }

    private void more(int count) throws InterruptedException {
        for (Viewer viewer : viewers) {
            viewer.await(viewer.count() + count);
        }
    }

    private void awaitPage(String path, String words) throws Exception {
        while (!application.get(path).body().contains(words)) {
            Thread.sleep(10);
        }
    }

    /** All viewers are there and saw a contiguous stream. */
    private void checkViewers(int inits, int jumps) throws Exception {
        more(15);
        for (Viewer viewer : viewers) {
            List<byte[]> messages = viewer.await(viewer.count());
            assertThat(FragmentBytes.checkContiguous(messages)).as("inits").isEqualTo(inits);
            assertThat(new DemoSamples().checkReferences(messages)).as("jumps").isEqualTo(jumps);
        }
    }

    private String row(String bundle) throws IOException {
        return Control.of(application)
                .bundles()
                .lines()
                .filter(line -> line.startsWith(bundle + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSourceIsReplacedAndComesBackWithoutAnybodyLeaving() throws Exception {
        Path jar = BundleJars.version("source-file", "1.0.1", jars.resolve("newer.jar"));
        application.awaitLog("source-file 1.0.1 runs in place of 1.0.0");
        more(15);
        assertThat(row("source-file")).contains("1.0.1", "active", "newer.jar");
        BundleJars.version("source-file", "1.0.2", jar);
        application.awaitLog("source-file 1.0.2 runs in place of 1.0.1");
        more(15);
        Files.delete(jar);
        application.awaitLog("newer.jar is gone: source-file 1.0.0");

        checkViewers(1, 3);
        assertThat(row("source-file")).contains("1.0.0", "active", "built-in");
    }

    @Test
    void anEqualVersionReplacesTooAndAnOlderOneSaysSo() throws Exception {
        BundleJars.edited(
                "source-file", Map.of("Bundle-Name", "Mine"), UnaryOperator.identity(), jars.resolve("a.jar"));
        application.awaitLog("source-file 1.0.0.SNAPSHOT runs in place of 1.0.0.SNAPSHOT (built-in)");
        BundleJars.version("h264", "0.9", jars.resolve("b.jar"));
        application.awaitLog("h264 0.9.0 runs in place of 1.0.0.SNAPSHOT, though the built-in one is newer");
        checkViewers(1, 2);
    }

    @Test
    void ofSeveralVersionsTheHighestCounts() throws Exception {
        Path newer = BundleJars.version("source-file", "1.2", jars.resolve("a.jar"));
        application.awaitLog("source-file 1.2.0 runs");
        BundleJars.version("source-file", "1.1", jars.resolve("b.jar"));
        application.awaitLog("source-file 1.1.0 waits");
        Files.delete(newer);
        application.awaitLog("source-file 1.1.0 runs in place of 1.2.0");
        BundleJars.version("source-file", "1.4", newer);
        application.awaitLog("source-file 1.4.0 runs in place of 1.1.0");
        BundleJars.version("source-file", "0.9", newer);
        application.awaitLog("source-file 1.1.0 runs in place of 1.4.0");
        checkViewers(1, 4);
    }

    @Test
    void aSourceWithOtherPicturesBringsItsOwnInitializationSegment() throws Exception {
        String clip = new String(Files.readAllBytes(CLIP), "ISO-8859-1");
        String demo =
                new String(BundleJars.file("source-file", "io/github/berrymse/source/file/demo.h264"), "ISO-8859-1");
        BundleJars.edited(
                "source-file",
                Map.of("Bundle-Version", "1.0.1"),
                content -> content.equals(demo) ? clip : content,
                jars.resolve("other.jar"));
        application.awaitLog("source-file 1.0.1 runs");
        more(15);
        for (Viewer viewer : viewers) {
            assertThat(FragmentBytes.checkContiguous(viewer.await(viewer.count())))
                    .isEqualTo(2);
        }
    }

    @Test
    void aCodecIsReplacedWithoutAnybodyLeaving() throws Exception {
        BundleJars.version("codec-fmp4", "1.0.1", jars.resolve("same.jar"));
        application.awaitLog("codec-fmp4 1.0.1 runs");
        more(15);
        BundleJars.edited(
                "codec-fmp4",
                Map.of("Bundle-Version", "1.0.2"),
                content -> content.replace("iso6", "iso7"),
                jars.resolve("other.jar"));
        application.awaitLog("codec-fmp4 1.0.2 runs");
        checkViewers(2, 2);
    }

    @Test
    void thePageChangesAndTheStreamsAreNotTouched() throws Exception {
        Path jar = BundleJars.edited(
                "webui",
                Map.of("Bundle-Version", "1.0.1"),
                content -> content.replace("<title>", "<title>New "),
                jars.resolve("webui.jar"));
        awaitPage("/", "<title>New ");
        Files.delete(jar);
        while (application.get("/").body().contains("<title>New ")) {
            Thread.sleep(10);
        }
        awaitPage("/", "<title>");
        checkViewers(1, 0);
    }

    @Test
    void viewersOfAWebSocketThatIsReplacedAreToldToComeBack() throws Exception {
        BundleJars.version("transport-websocket", "1.0.1", jars.resolve("transport.jar"));
        for (Viewer viewer : viewers) {
            assertThat(viewer.awaitClose()).isEqualTo(1012);
            assertThat(viewer.closeReason()).isEqualTo("service restart");
        }
        application.awaitLog("transport-websocket 1.0.1 runs");
        try (Viewer again = Viewer.connect(application.webSocket())) {
            FragmentBytes.checkTimeline(again.await(30));
        }
    }

    @Test
    void whatOthersAreWiredToIsReplacedTogetherWithThem() throws Exception {
        BundleJars.version("v4l2", "1.0.1", jars.resolve("v4l2.jar"));
        application.awaitLog("v4l2 1.0.1 runs");
        BundleJars.version("h264", "1.0.1", jars.resolve("h264.jar"));
        application.awaitLog("h264 1.0.1 runs");
        checkViewers(1, 2);
    }

    @Test
    void theHubAndTheApiAreReplacedAndTheStreamIsBack() throws Exception {
        BundleJars.version("hub", "1.0.1", jars.resolve("hub.jar"));
        for (Viewer viewer : viewers) {
            assertThat(viewer.awaitClose()).isEqualTo(1001);
        }
        application.awaitLog("hub 1.0.1 runs");
        try (Viewer again = Viewer.connect(application.webSocket())) {
            again.await(30);
            BundleJars.version("api", "1.0.1", jars.resolve("api.jar"));
            assertThat(again.awaitClose()).isBetween(1001, 1012);
        }
        application.awaitLog("api 1.0.1 runs");
        try (Viewer again = Viewer.connect(application.webSocket())) {
            FragmentBytes.checkTimeline(again.await(30));
        }
        assertThat(application.get("/").statusCode()).isEqualTo(200);
        JsonObject camera = application.awaitState("playing");
        assertThat(camera.getAsJsonObject("addresses").has("websocket")).isTrue();
    }

    @Test
    void aBundleIsAddedAndRemoved() throws Exception {
        Path jar = page("com.example.page", "/other/*", Map.of(), jars.resolve("page.jar"));
        application.awaitLog("com.example.page 1.0.0.SNAPSHOT is added");
        awaitPage("/other/index.html", "<title>");
        Files.delete(jar);
        application.awaitLog("com.example.page 1.0.0.SNAPSHOT is removed");
        assertThat(application.get("/other/index.html").statusCode()).isEqualTo(404);
        checkViewers(1, 0);
    }

    private static Path page(String name, String path, Map<String, String> headers, Path jar) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Bundle-SymbolicName", name);
        return BundleJars.edited("webui", all, content -> content.replace(">/*<", ">" + path + "<"), jar);
    }

    @Test
    void whatCannotBeUsedChangesNothingAndSaysWhy() throws Exception {
        Path whole = BundleJars.version("source-file", "1.0.1", folder.resolve("source-file.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(jars.resolve("half.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        application.awaitLog("half.jar is not used: it is not a whole jar");
        bytes[bytes.length / 2] ^= 1;
        Files.write(jars.resolve("damaged.jar"), bytes);
        application.awaitLog("damaged.jar is not used: it is not a whole jar");
        Files.writeString(jars.resolve("text.jar"), "text");
        application.awaitLog("text.jar is not used: it is not a whole jar");
        BundleJars.edited(
                "source-file", Map.of("Bundle-SymbolicName", ""), content -> content, jars.resolve("nameless.jar"));
        application.awaitLog("nameless.jar is not used: it is not a bundle");
        BundleJars.edited(
                "source-file",
                Map.of("Import-Package", "com.example.missing;version=\"[1,2)\""),
                content -> content,
                jars.resolve("unresolvable.jar"));
        application.awaitLog("unresolvable.jar is not used: nothing here provides what it needs: "
                + "(&(osgi.wiring.package=com.example.missing)");
        BundleJars.edited("v4l2", Map.of("Export-Package", ""), content -> content, jars.resolve("useless.jar"));
        application.awaitLog("useless.jar is not used: with it not everything starts");
        BundleJars.edited(
                "webui",
                Map.of("Bundle-Activator", "com.example.Missing"),
                content -> content,
                jars.resolve("dead.jar"));
        application.awaitLog("dead.jar is not used: with it not everything starts");

        awaitPage("/", "<title>");
        assertThat(row("source-file")).contains("1.0.0", "active", "built-in");
        assertThat(row("v4l2")).contains("active", "built-in");
        assertThat(row("webui")).contains("active", "built-in");
        checkViewers(1, 1); // v4l2's source was closed for a moment
    }

    @Test
    void aBundleWaitsForWhatItNeeds() throws Exception {
        page("com.example.page", "/other/*", Map.of("Require-Bundle", "com.example.needed"), jars.resolve("a.jar"));
        application.awaitLog("a.jar is not used: nothing here provides what it needs");
        page("com.example.needed", "/needed/*", Map.of(), jars.resolve("b.jar"));
        application.awaitLog("com.example.page 1.0.0.SNAPSHOT is added");
        awaitPage("/other/index.html", "<title>");
    }

    @Test
    void aSourceWithoutAPictureGivesWayToTheOneBefore() throws Exception {
        BundleJars.version("source-file", "1.0.1", jars.resolve("good.jar"));
        application.awaitLog("source-file 1.0.1 runs");
        more(15);
        BundleJars.edited(
                "source-file",
                Map.of("Bundle-Version", "1.0.2"),
                content -> content.replace("class=\"io.github", "class=\"com.example"),
                jars.resolve("bad.jar"));
        application.awaitLog("bad.jar is not used: the camera camera had no picture from the source file within 10 s");
        assertThat(row("source-file")).contains("1.0.1", "active", "good.jar");
        checkViewers(1, 2);
    }

    @Test
    void theFolderMayBeAnother() throws Exception {
        BundleJars.version("source-file", "1.0.1", jars.resolve("a.jar"));
        application.awaitLog("source-file 1.0.1 runs");
        Path other = Files.createDirectory(folder.resolve("other"));
        BundleJars.version("codec-fmp4", "1.0.1", other.resolve("b.jar"));
        Files.writeString(folder.resolve("config.yml"), "bundles: {dir: other}\n");
        application.awaitLog("codec-fmp4 1.0.1 runs");
        assertThat(row("source-file")).contains("built-in");
        Path later = BundleJars.version("webui", "1.0.1", other.resolve("c.jar"));
        application.awaitLog("webui 1.0.1 runs");
        Files.delete(later);
        application.awaitLog("c.jar is gone: webui 1.0.0");
    }
}
