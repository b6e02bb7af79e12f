package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.v4l2.FakeControls;
import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;
import io.github.berrymse.v4l2.Touched;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes the settings of a webcam without a device, as if it streamed. */
class UvcSteeringTest {

    private static final int FOCUS = 0x9a090a;

    private final FakeControls controls = new FakeControls().with(FOCUS, 1, "Focus, Absolute", 255, 0);
    private final UvcSteering steering = new UvcSteering(
            new UvcOpening.Outcome(
                    new FrameFormat("H264", 1280, 720, 1),
                    new FrameSize(1280, 720),
                    FrameRate.of(30),
                    Optional.empty(),
                    List.of()),
            Optional.empty(),
            controls,
            new Touched(),
            asked(Map.of("focus_absolute", "10")));

    @Test
    void namedControlThatIsRefusedWhileStreamingLetsTheCameraBeOpenedAnew() {
        assertThat(steering.apply(asked(Map.of("focus_absolute", "20")))).isTrue();
        controls.busy.add(FOCUS);
        assertThat(steering.apply(asked(Map.of("focus_absolute", "30")))).isFalse();
    }

    @Test
    void anotherFrameRateIsForACameraThatIsOpenedAnew() {
        assertThat(steering.apply(asked(Map.of(), 15))).isFalse();
    }

    private static CameraSettings asked(Map<String, String> words) {
        return asked(words, 0);
    }

    private static CameraSettings asked(Map<String, String> words, double framesPerSecond) {
        return new CameraSettings(
                "camera", "auto", "", 1280, 720, -1, -1, framesPerSecond, 0, "", words, "", "annexb", Map.of());
    }
}
