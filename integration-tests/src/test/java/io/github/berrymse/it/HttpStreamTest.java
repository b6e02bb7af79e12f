package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo by plain HTTP: as a file without an end, as one of some seconds, and its newest key frame. */
@Timeout(120)
class HttpStreamTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final double TIMESCALE = 90000;

    private static Application application;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        application = Application.start();
        application.awaitState("playing");
    }

    @AfterAll
    static void stop() throws IOException {
        application.close();
    }

    @Test
    void aRecordingIsAFileOfTheDurationAskedFor() throws Exception {
        Path file = folder.resolve("recording.mp4");
        checkHead(send("GET", "/stream/camera.mp4?duration=3", BodyHandlers.ofFile(file)));

        assertThat(decode(file.toString())).isEmpty();
        assertThat(Double.parseDouble(probe(file, "format=duration"))).isBetween(3.0, 4.0);
        assertThat(probe(file, "packet=flags")).as("flags of each picture").startsWith("K");
    }

    @Test
    void thePicturesThatARecordingBeginsWithAreNotCountedAndItEndsWithTheOneThatReachesTheDuration() throws Exception {
        try (HttpViewer viewer = HttpViewer.connect(application.url("/stream/camera.mp4?duration=1.5"))) {
            List<byte[]> messages = viewer.awaitEnd();
            FragmentBytes.checkTimeline(messages);
            assertThat(new DemoSamples().checkReferences(messages)).as("jumps").isZero();

            long liveTicks = messages.stream()
                    .skip(1)
                    .mapToLong(message -> new FragmentBytes(message).durationTicks())
                    .filter(ticks -> ticks > 1)
                    .sum();
            int lastTicks = new FragmentBytes(messages.get(messages.size() - 1)).durationTicks();
            assertThat(1.5 * TIMESCALE).isGreaterThan(liveTicks - lastTicks).isLessThanOrEqualTo(liveTicks);
        }
    }

    @Test
    void ffmpegReadsTheStreamToItsEndAndWhoGoesEarlierIsForgotten() throws Exception {
        assertThat(decode(application.url("/stream.mp4?duration=1"))).isEmpty();
        application.awaitViewers(0);
        HttpViewer viewer = HttpViewer.connect(application.url("/stream.mp4"));
        viewer.await(10);
        assertThat(application.camera().getAsJsonArray("viewers")).hasSize(1);
        viewer.close();
        application.awaitViewers(0);
    }

    @Test
    void theNewestKeyFrameIsAFileOfOnePicture() throws Exception {
        Path file = folder.resolve("keyframe.mp4");
        HttpResponse<Path> response = send("GET", "/stream/camera/keyframe.mp4", BodyHandlers.ofFile(file));
        checkHead(response);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(Files.size(file));

        assertThat(decode(file.toString())).isEmpty();
        assertThat(probe(file, "stream=width,height,nb_read_frames")).isEqualTo("1280,720,1");
    }

    @Test
    void headIsAnsweredAsGetIsWithoutABody() throws Exception {
        HttpResponse<String> stream = send("HEAD", "/stream/camera.mp4", BodyHandlers.ofString());
        checkHead(stream);
        assertThat(stream.headers().firstValue("Content-Length")).isEmpty();
        assertThat(stream.body()).isEmpty();

        HttpResponse<String> keyFrame = send("HEAD", "/stream/camera/keyframe.mp4", BodyHandlers.ofString());
        checkHead(keyFrame);
        assertThat(keyFrame.headers().firstValueAsLong("Content-Length").orElse(0))
                .isGreaterThan(1000);
        assertThat(keyFrame.body()).isEmpty();

        assertThat(send("HEAD", "/stream/nobody.mp4", BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithOneSentence() throws Exception {
        assertThat(refusal("/stream/nobody.mp4", 404)).isEqualTo("no such camera; there is: camera");
        assertThat(refusal("/stream/nobody/keyframe.mp4", 404)).isEqualTo("no such camera; there is: camera");
        assertThat(refusal("/stream/camera", 404)).contains("NAME.mp4", "NAME/keyframe.mp4", "camera");
        for (String bad : List.of("five", "0", "-1", "", "NaN", "1e9")) {
            assertThat(refusal("/stream/camera.mp4?duration=" + bad, 400))
                    .isEqualTo("duration is a number of seconds above 0, such as 5 or 0.5, and not '" + bad + "'");
        }
        assertThat(send("POST", "/stream.mp4", BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void theStatusSaysWhereItIs() throws Exception {
        assertThat(application.camera().getAsJsonObject("addresses").get("http").getAsString())
                .isEqualTo("/stream/camera.mp4");
    }

    @Test
    void aVideoElementPlaysIt() throws Exception {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        try (Browser browser = Browser.start()) {
            browser.open(application.url("/"));
            browser.run(video(application.url("/stream/camera.mp4")));
            browser.await("video.currentTime > 2 && video.getVideoPlaybackQuality().totalVideoFrames > 30");
            assertThat(browser.number("video.videoWidth")).isEqualTo(1280);

            browser.run(video(application.url("/stream/camera/keyframe.mp4")));
            browser.await("video.ended");
            browser.run(
                    """
                    const canvas = document.createElement("canvas");
                    canvas.getContext("2d").drawImage(video, 0, 0);
                    window.colours = new Set(canvas.getContext("2d").getImageData(0, 0, 300, 150).data).size;
                    """);
            assertThat(browser.number("colours"))
                    .as("different values of pixels")
                    .isGreaterThan(50);
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }

    private static String video(String url) {
        return """
                window.video?.remove();
                window.video = document.createElement("video");
                Object.assign(video, {muted: true, src: "%s"});
                document.body.append(video);
                await video.play();
                """
                .formatted(url);
    }

    private static void checkHead(HttpResponse<?> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .matches("video/mp4; ?codecs=\"avc1\\.[0-9A-F]{6}\"");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    private static <T> HttpResponse<T> send(String method, String path, BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application.url(path)))
                .method(method, BodyPublishers.noBody())
                .build();
        return HTTP.send(request, body);
    }

    /** The one line of a response that has to be of this status. */
    private static String refusal(String path, int statusCode) throws IOException, InterruptedException {
        HttpResponse<String> response = application.get(path);
        assertThat(response.statusCode()).isEqualTo(statusCode);
        assertThat(response.body().lines()).hasSize(1);
        return response.body().strip();
    }

    /** What ffmpeg complains about. */
    private static String decode(String input) throws IOException {
        return output("ffmpeg", "-nostdin", "-v", "error", "-i", input, "-f", "null", "-");
    }

    private static String probe(Path file, String entries) throws IOException {
        return output(
                "ffprobe", "-v", "error", "-count_frames", "-show_entries", entries, "-of", "csv=p=0", file.toString());
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
