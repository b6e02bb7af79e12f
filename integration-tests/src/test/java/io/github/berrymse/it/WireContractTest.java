package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WireContractTest {
    private static Application application;

    @BeforeAll
    static void start() throws IOException {
        application = Application.start();
    }

    @AfterAll
    static void stop() throws IOException {
        application.close();
    }

    @Test
    void foreignToolsDecodeThreeHundredFragmentsWithoutAnError() throws Exception {
        List<byte[]> messages;
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            messages = viewer.await(301);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.subList(0, 301).forEach(all::writeBytes);
        Path file = Files.write(Path.of("target", "three-hundred.mp4"), all.toByteArray());

        String probe = output(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=nb_read_frames,width,height,codec_name",
                "-of",
                "default=nw=1",
                "" + file);
        assertThat(probe.lines())
                .containsExactlyInAnyOrder("codec_name=h264", "width=1280", "height=720", "nb_read_frames=300");
        assertThat(output("ffmpeg", "-v", "error", "-i", "" + file, "-f", "rawvideo", "-y", "/dev/null"))
                .isEmpty();
    }

    @Test
    void everyMessageIsLaidOutAsOldPagesExpect() throws Exception {
        List<byte[]> messages;
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            messages = viewer.await(120);
            assertThat(viewer.texts()).isZero();
        }
        byte[] init = messages.get(0);
        assertThat(new String(init, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        int ftypBytes = ByteBuffer.wrap(init).getInt(0);
        assertThat(new String(init, ftypBytes + 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("moov");
        assertThat(ftypBytes + ByteBuffer.wrap(init).getInt(ftypBytes)).isEqualTo(init.length);
        assertThat(new String(init, StandardCharsets.ISO_8859_1))
                .contains("avcC")
                .doesNotContain("mehd");

        FragmentBytes.checkTimeline(messages);
        assertThat(new FragmentBytes(messages.get(1)).isSync()).isTrue();
    }

    @Test
    void aViewerStartsAtTheKeyFrameBehindTheLiveEdgeAndTheCatchUpTakesNoTime() throws Exception {
        try (Viewer first = Viewer.connect(application.webSocket())) {
            int passed = 0;
            while (passed < 10) { // it may be a key frame that comes in between
                int seen = first.await(first.count() + 10).size();
                try (Viewer second = Viewer.connect(application.webSocket())) {
                    List<byte[]> messages = second.await(62);
                    assertThat(new FragmentBytes(messages.get(1)).isSync()).isTrue();
                    passed = seen - newest(first.await(seen), messages.get(1));
                    for (int i = 1; i <= passed; i++) {
                        assertThat(new FragmentBytes(messages.get(i)).durationTicks())
                                .isEqualTo(1);
                    }
                }
            }
        }
    }

    /** Where the newest message of the same picture is. */
    private static int newest(List<byte[]> messages, byte[] picture) {
        int at = messages.size() - 1;
        while (!Arrays.equals(messages.get(at), 104, messages.get(at).length, picture, 104, picture.length)) {
            at--;
        }
        return at;
    }

    @Test
    void messagesAreNeverCompressed() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", application.port())) {
            socket.getOutputStream()
                    .write(("GET /video_websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
                                    + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.read());
            }
            assertThat(answer.toString()).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
        }
    }

    @Test
    void whatAViewerSendsIsIgnoredAndTheStreamGoesOn() throws Exception {
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(5);
            viewer.send(BareViewer.TEXT, "hello".getBytes(StandardCharsets.UTF_8));
            viewer.send(BareViewer.BINARY, new byte[1 << 20]);
            viewer.await(viewer.count() + 90);
        }
    }

    @Test
    void anEmptyTextMessageIsAnsweredByAnother() throws Exception {
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.send(BareViewer.TEXT);
            while (viewer.texts() == 0) {
                viewer.await(viewer.count() + 1);
            }
            viewer.send(BareViewer.TEXT, "hello".getBytes(StandardCharsets.UTF_8));
            viewer.await(viewer.count() + 30);
            assertThat(viewer.texts()).isEqualTo(1);
        }
    }

    @Test
    void pingsAreAnswered() throws Exception {
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.send(BareViewer.PING, (byte) 1, (byte) 2, (byte) 3);
            viewer.awaitPong();
            viewer.await(viewer.count() + 30);
        }
    }

    @Test
    void eachCameraIsAlsoServedByItsName() throws Exception {
        try (Viewer viewer = Viewer.connect(URI.create(application.webSocket() + "/camera"))) {
            assertThat(viewer.await(2)).hasSizeGreaterThanOrEqualTo(2);
        }
        assertThat(application.get("/video_websocket/nobody").statusCode()).isEqualTo(404);
        assertThat(application.get("/video_websocket/nobody").body()).contains("there is: camera");
        assertThat(application.get("/video_websocket").statusCode()).isEqualTo(426);
    }

    @Test
    void statusTellsWhatPlaysToWhom() throws Exception {
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(150);
            JsonObject camera = application.camera();
            while (!hasThePaceOfTheDemo(camera)) { // for a while after a machine stood still
                Thread.sleep(100);
                camera = application.camera();
            }
            assertThat(camera.get("state").getAsString()).isEqualTo("playing");
            assertThat(camera.get("source").getAsString()).isEqualTo("file");
            assertThat(camera.get("bitrateBps").getAsLong()).isPositive();
            assertThat(camera.get("width").getAsInt()).isEqualTo(1280);
            assertThat(camera.get("codec").getAsString()).startsWith("avc1.");
            assertThat(camera.getAsJsonArray("viewers")).isNotEmpty();
            assertThat(camera.getAsJsonObject("addresses").get("websocket").getAsString())
                    .isEqualTo("/video_websocket/camera");
        }
    }

    private static boolean hasThePaceOfTheDemo(JsonObject camera) {
        return Math.abs(camera.get("framesPerSecond").getAsDouble() - 30) < 0.5
                && Math.abs(camera.get("keyFrameIntervalMs").getAsInt() - 2000) < 10;
    }

    @Test
    void nothingIsTraced() throws Exception {
        for (String path : List.of("/", "/api/status", "/stream.mp4", "/video_websocket")) {
            for (String method : List.of("TRACE", "OPTIONS")) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(application.url(path)))
                                        .method(method, BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(method + path).isEqualTo(method.equals("TRACE") ? 405 : 200);
                assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
            }
        }
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
