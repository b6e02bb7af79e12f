package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bundle that was replaced leaves nothing behind, though each version of it was used: by viewers, for the page and the
 * status, and by a camera that is a pipe and therefore calls native code. {@code -Dswaps=200} does it that often.
 */
@Timeout(3600)
class SwapLeakTest {
    private static final Logger LOG = LoggerFactory.getLogger(SwapLeakTest.class);
    private static final int SWAPS = Integer.getInteger("swaps", 3);
    private static final int WARM = 2;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> BUNDLES = List.of(
            "v4l2",
            "source-file",
            "source-v4l2",
            "source-uvc",
            "h264",
            "codec-fmp4",
            "hub",
            "status",
            "webui",
            "transport-websocket",
            "transport-http",
            "transport-hls");

    @TempDir
    Path folder;

    /** What a running program holds. */
    private record Held(long classLoaders, long threads, long descriptors, long mappings, long heapKb) {
        static Held by(Application application) throws IOException, InterruptedException {
            long[] histogram = new long[2];
            for (int i = 0; i < 3; i++) { // what a first collection frees may hold what the next one frees
                histogram = histogram(application.pid());
            }
            return new Held(
                    histogram[0],
                    application.threads(),
                    application.descriptors(),
                    Files.readAllLines(application.proc("maps")).size(),
                    histogram[1] >> 10);
        }

        /** No more than before, but for what comes and goes. */
        boolean isNoMoreThan(Held before) {
            return classLoaders <= before.classLoaders
                    && threads < before.threads + BUNDLES.size()
                    && descriptors < before.descriptors + BUNDLES.size()
                    && mappings < before.mappings * 5 / 4
                    && heapKb < before.heapKb * 5 / 4;
        }

        /** After a collection of garbage: class loaders of bundles, and bytes in all. */
        private static long[] histogram(long pid) throws IOException, InterruptedException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram").start();
            long[] counts = new long[2];
            for (String line : process.inputReader().lines().toList()) {
                String[] words = line.trim().split("\\s+");
                if (words[0].equals("Total")) {
                    counts[1] = Long.parseLong(words[2]);
                } else if (words.length > 3 && words[3].endsWith("BundleWiringImpl$BundleClassLoader")) {
                    counts[0] = Long.parseLong(words[1]);
                }
            }
            assertThat(process.waitFor()).isZero();
            return counts;
        }
    }

    @Test
    void whatWasReplacedIsCollected() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(folder.resolve("config.yml"), "camera: {}\ncameras: {pipe: {sourceFD: " + pipe + "}}\n");
        try (Application application = Application.start(folder)) {
            for (String bundle : BUNDLES) {
                swap(application, bundle, WARM);
            }
            Held before = settled(application);
            LOG.info("before: {}", before);
            for (String bundle : BUNDLES) {
                swap(application, bundle, SWAPS);
                LOG.info("{} replaced {} times: {}", bundle, SWAPS, Held.by(application));
            }
            Held after = Held.by(application);
            for (int i = 0; i < 60 && !after.isNoMoreThan(before); i++) { // what has just ended goes; a leak stays
                Thread.sleep(1000);
                after = Held.by(application);
            }
            LOG.info("at rest: {}", after);
            assertThat(after).matches(held -> held.isNoMoreThan(before), "is no more than " + before);
        }
    }

    /** What it holds when the connections and threads of the last swap have gone. */
    private static Held settled(Application application) throws Exception {
        Held last;
        Held now = Held.by(application);
        do {
            Thread.sleep(1000);
            last = now;
            now = Held.by(application);
        } while (now.classLoaders < last.classLoaders
                || now.threads < last.threads
                || now.descriptors < last.descriptors);
        return now;
    }

    /** Replaces a bundle, and uses each version of it. */
    private void swap(Application application, String bundle, int times) throws Exception {
        Control control = Control.of(application);
        for (int i = 0; i < times; i++) {
            try (HttpViewer open = HttpViewer.connect(application.url("/stream.mp4"))) {
                open.await(3);
                control.swap(BundleJars.version(bundle, "1.0." + i, folder.resolve(bundle + ".jar")));
            }
            use(application);
        }
    }

    private static void use(Application application) throws Exception {
        while (application.get("/").statusCode() != 200
                || application.get("/api/status").statusCode() != 200
                || application.get("/hls/camera/index.m3u8").statusCode() != 200) {
            Thread.sleep(10);
        }
        HttpRequest waiting = HttpRequest.newBuilder(URI.create(application.url("/hls/pipe/index.m3u8")))
                .build();
        HTTP.sendAsync(waiting, HttpResponse.BodyHandlers.discarding()); // there is no picture, so it waits
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(3);
            viewer.send(BareViewer.PING, (byte) 1);
            viewer.awaitPong();
        }
        for (String path : List.of("/stream.mp4?duration=0.1", "/stream/camera/keyframe.mp4")) {
            assertThat(application.get(path).statusCode()).isEqualTo(200);
        }
    }
}
