package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SlowViewerTest {

    /** Reads one message for each permit, so that the connection fills up behind it. */
    private static final class Paced implements WebSocket.Listener {
        private final List<byte[]> messages = new ArrayList<>();
        private final Semaphore arrived = new Semaphore(0);
        private final java.io.ByteArrayOutputStream part = new java.io.ByteArrayOutputStream();

        @Override
        public void onOpen(WebSocket webSocket) {}

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean isLast) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            part.writeBytes(bytes);
            if (isLast) {
                messages.add(part.toByteArray());
                part.reset();
                arrived.release();
            } else {
                webSocket.request(1);
            }
            return null;
        }

        void read(WebSocket socket, int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                socket.request(1);
                arrived.acquire();
            }
        }
    }

    @Test
    void aStalledViewerSkipsToAKeyFrameAndNobodyElseNotices() throws Exception {
        try (Application application = Application.start();
                Viewer quick = Viewer.connect(application.webSocket())) {
            Paced slow = new Paced();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(application.webSocket(), slow)
                    .join();
            slow.read(socket, 5);
            while (application.camera().get("framesDropped").getAsLong() < 60) {
                Thread.sleep(200);
            }
            slow.read(socket, 400);

            FragmentBytes.checkTimeline(slow.messages);
            List<byte[]> all = quick.await(quick.count() + 30);
            FragmentBytes.checkTimeline(all);
            assertThat(all.stream().skip(1).map(FragmentBytes::new)).noneMatch(f -> f.durationTicks() > 4500);
            assertThat(all.size()).isGreaterThan(slow.messages.size());
            socket.abort();
        }
    }

    @Test
    void aKeyFrameOfOverAMegabyteReachesASlowViewerWhole(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), "camera: {framing: len32}\n");
        try (Application application = Application.start("-d", "-", "-c", config.toString());
                BareViewer slow = BareViewer.connectNarrowly(application)) {
            byte[] keyFrame = DemoUnits.read().get(0);
            byte[] large = Arrays.copyOf(keyFrame, keyFrame.length + 1_200_000);
            for (int i = keyFrame.length + 2; i < large.length; i += 3) {
                large[i] = 3; // cabac_zero_words, which may follow a slice (ITU-T H.264 7.3.2.8)
            }
            DataOutputStream pipe = new DataOutputStream(application.input());
            for (byte[] unit : List.of(large, keyFrame)) {
                pipe.writeInt(unit.length);
                pipe.write(unit);
            }
            pipe.flush();

            assertThat(slow.read(BareViewer.BINARY).payload()).startsWith(0, 0, 0, 28, 'f', 't', 'y', 'p');
            FragmentBytes message =
                    new FragmentBytes(slow.read(BareViewer.BINARY).payload());
            message.check();
            assertThat(message.sampleSize()).isGreaterThan(1_200_000);
            assertThat(message.bytes()).endsWith(Arrays.copyOfRange(large, keyFrame.length - 1000, large.length));
            new FragmentBytes(slow.read(BareViewer.BINARY).payload()).check();
        }
    }
}
