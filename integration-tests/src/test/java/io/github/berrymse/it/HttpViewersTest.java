package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of the stream by plain HTTP notice of the camera, of the program and of each other. */
@Timeout(120)
class HttpViewersTest {
    private static final Path OTHER_CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();
    private static final int DEMO_PICTURES = 300;

    @TempDir
    Path folder;

    /** An application whose camera is its standard input, with the length of each access unit ahead of it. */
    private Application startWithPipe() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yml"), "camera: {framing: len32}\n");
        return Application.start("-d", "-", "-c", config.toString());
    }

    /** Puts the demo into the pipe, as quickly as it is read. */
    private static void feed(Application application) throws IOException {
        DataOutputStream pipe = new DataOutputStream(application.input());
        for (byte[] unit : DemoUnits.read()) {
            pipe.writeInt(unit.length);
            pipe.write(unit);
        }
        pipe.flush();
    }

    private static JsonObject viewer(Application application, int port) throws Exception {
        for (JsonElement viewer : application.camera().getAsJsonArray("viewers")) {
            if (viewer.getAsJsonObject().get("name").getAsString().equals("http 127.0.0.1:" + port)) {
                return viewer.getAsJsonObject();
            }
        }
        throw new AssertionError("nobody watches from port " + port);
    }

    @Test
    void oneThatDoesNotReadGoesOnAtAKeyFrameAndNobodyElseMissesAPicture() throws Exception {
        try (Application application = startWithPipe();
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress("127.0.0.1", application.port()));
            slow.getOutputStream().write("GET /stream.mp4 HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            application.awaitViewers(1);
            feed(application);
            try (HttpViewer quick = HttpViewer.connect(application.url("/stream.mp4"))) {
                int port = slow.getLocalPort();
                while (viewer(application, port).get("framesDropped").getAsInt() < DEMO_PICTURES) {
                    int before = quick.count();
                    feed(application);
                    quick.await(before + DEMO_PICTURES);
                }
                skipHead(slow.getInputStream());
                HttpViewer late = HttpViewer.reading(slow.getInputStream());
                JsonObject status = viewer(application, port);
                int sent = status.get("framesSent").getAsInt();
                int dropped = status.get("framesDropped").getAsInt();
                feed(application);
                List<byte[]> messages = late.await(sent + 30);
                FragmentBytes.checkTimeline(messages);
                int jumps = new DemoSamples().checkReferences(messages);
                assertThat(jumps > 0 || dropped % DEMO_PICTURES == 0)
                        .as("%s jumps over %s pictures", jumps, dropped)
                        .isTrue();
                FragmentBytes.checkTimeline(quick.await(1));
                assertThat(new DemoSamples().checkReferences(quick.await(1)))
                        .as("jumps")
                        .isZero();
            }
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        for (String head = ""; !head.endsWith("\r\n\r\n"); ) {
            head += (char) in.read();
        }
    }

    private static <T> CompletableFuture<T> meanwhile(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(task.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    @Test
    void aRequestWaitsForThePicture() throws Exception {
        try (Application application = startWithPipe()) {
            var waiting = meanwhile(() -> HttpViewer.connect(application.url("/stream/camera.mp4")));
            application.awaitViewers(1);
            feed(application);
            try (HttpViewer viewer = waiting.join()) {
                assertThat(new FragmentBytes(viewer.await(2).get(1)).isSync()).isTrue();
            }
        }
    }

    @Test
    void aRequestThatHasWaitedLongIsToldWhyThereIsNoPicture() throws Exception {
        try (Application application =
                Application.start("-d", folder.resolve("no-camera").toString())) {
            var stream = meanwhile(() -> application.get("/stream/camera.mp4"));
            var keyFrame = meanwhile(() -> application.get("/stream/camera/keyframe.mp4"));
            for (HttpResponse<String> response : List.of(keyFrame.join(), stream.join())) {
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
                assertThat(response.body().lines())
                        .hasSize(1)
                        .allMatch(line -> line.startsWith("the camera camera has no picture: "))
                        .allMatch(line -> line.contains("no-camera"));
            }
            application.awaitViewers(0);
        }
    }

    @Test
    void aBundleThatIsReplacedEndsItsResponsesAndTheNewOneAnswers() throws Exception {
        try (Application application = Application.start();
                HttpViewer viewer = HttpViewer.connect(application.url("/stream.mp4"))) {
            viewer.await(10);
            Control.of(application)
                    .swap(BundleJars.version("transport-http", "1.0.1", folder.resolve("transport-http.jar")));
            FragmentBytes.checkTimeline(viewer.awaitEnd());
            try (HttpViewer again = HttpViewer.connect(application.url("/stream.mp4"))) {
                again.await(10);
            }
        }
    }

    @Test
    void aResponseEndsWhereOtherParameterSetsBeginAndTheNextHasThem() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), "camera: {}\n");
        try (Application application = Application.start("-c", config.toString());
                HttpViewer viewer = HttpViewer.connect(application.url("/stream.mp4"))) {
            byte[] init = viewer.await(1).get(0);
            Files.writeString(config, "camera: {file: " + OTHER_CLIP + "}\n");
            assertThat(FragmentBytes.checkContiguous(viewer.awaitEnd())).isEqualTo(1);
            try (HttpViewer again = HttpViewer.connect(application.url("/stream.mp4"))) {
                assertThat(again.await(1).get(0)).isNotEqualTo(init);
            }
        }
    }

    @Test
    void aProgramThatStopsEndsItsResponses() throws Exception {
        HttpViewer viewer;
        try (Application application = Application.start()) {
            viewer = HttpViewer.connect(application.url("/stream.mp4"));
            viewer.await(10);
        }
        FragmentBytes.checkTimeline(viewer.awaitEnd());
    }
}
