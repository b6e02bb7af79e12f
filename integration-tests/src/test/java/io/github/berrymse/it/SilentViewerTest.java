package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Viewers of which nothing is heard: those that answer no ping, and those that do not read. */
@Timeout(60)
class SilentViewerTest {
    @TempDir
    Path folder;

    private Application application;

    /** @param properties of transport-websocket */
    private void start(String properties) throws IOException {
        String bundles = "bundles: {io.github.berrymse.transport.websocket: {" + properties + "}}\n";
        Path config = Files.writeString(folder.resolve("config.yml"), bundles);
        application = Application.start("-c", config.toString());
    }

    @AfterEach
    void stop() throws IOException {
        application.close();
    }

    private JsonObject viewer(int port) throws Exception {
        for (JsonElement viewer : application.camera().getAsJsonArray("viewers")) {
            if (viewer.getAsJsonObject().get("name").getAsString().equals("websocket 127.0.0.1:" + port)) {
                return viewer.getAsJsonObject();
            }
        }
        return null;
    }

    @Test
    void oneThatReadsButAnswersNoPingIsClosedAfterThree() throws Exception {
        start("ping.s: 2");
        try (BareViewer viewer = BareViewer.connect(application);
                Viewer other = Viewer.connect(application.webSocket())) {
            int pings = 0;
            BareViewer.Frame frame = viewer.read();
            while (frame.opcode() != BareViewer.CLOSE) {
                pings += frame.opcode() == BareViewer.PING ? 1 : 0;
                frame = viewer.read();
            }
            assertThat(frame.closeCode()).isEqualTo(1008);
            assertThat(pings).isEqualTo(3);
            assertThat(viewer(viewer.port())).as("its subscription").isNull();
            other.await(other.count() + 10);
            assertThat(other.isClosed()).as("one that answers").isFalse();
        }
    }

    @Test
    void theKernelHoldsNoMoreForOneThatDoesNotReadThanItIsAllowed() throws Exception {
        int allowedBytes = 40_000;
        start("sendBuffer.bytes: " + allowedBytes);
        try (BareViewer viewer = BareViewer.connectNarrowly(application)) {
            JsonObject status = viewer(viewer.port());
            while (status == null || status.get("framesDropped").getAsInt() == 0) {
                Thread.sleep(20);
                status = viewer(viewer.port());
            }
            int onItsWayBytes = 60_000; // more than any picture of the demo
            assertThat(status.get("bytesSent").getAsInt())
                    .as("the kernel allows itself the double, for what it keeps beside the bytes")
                    .isLessThan(2 * allowedBytes + onItsWayBytes);
        }
    }
}
