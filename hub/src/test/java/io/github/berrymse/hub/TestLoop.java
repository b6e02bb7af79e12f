package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A capture loop with test sources and a test codec, on a thread that each test starts. */
abstract class TestLoop {
    static final CameraSettings SETTINGS =
            new CameraSettings("test", "auto", "", 1280, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());

    final Audience audience = new Audience("test", new Viewer.Limits(1_000_000_000, 1 << 20), TestSubscriber.direct());
    final Packing packing = new Packing(audience, new StreamMeter());
    final Wishes wishes = new Wishes(SETTINGS);
    final Sources sources = new Sources("test", wishes::sourcesChanged);
    final CaptureLoop loop = new CaptureLoop(wishes, sources, packing, audience);
    final Thread thread = new Thread(loop, "capture test");

    @BeforeEach
    void start() {
        packing.use(new CountingCodec());
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    static CameraSettings ofWidth(int width) {
        return new CameraSettings("test", "auto", "", width, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
    }
}
