package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.source.uvc.VideoConfig.Field;
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
    private final UvcSteering steering = steering(Optional.empty());

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

    @Test
    void whatElseIsInForceIsSaidInWords() {
        VideoConfig config = new VideoConfig(new byte[46])
                .put(Field.FRAME_INTERVAL, 333_333)
                .put(Field.I_FRAME_PERIOD, 2000)
                .put(Field.PROFILE, 0x4D00);
        assertThat(more(steering(Optional.of(config))))
                .containsExactly(
                        Map.entry("profile", "main"),
                        Map.entry("keyFrameIntervalFrames", "60"),
                        Map.entry("focus_absolute", "10"));
        assertThat(more(steering)).containsExactly(Map.entry("focus_absolute", "10"));
    }

    private static Map<String, String> more(UvcSteering steering) {
        VideoFunction none = new VideoFunction(List.of(), 0, 0);
        UsbIdentity usb = new UsbIdentity("1209", "0001", "", "1-1", 0);
        return steering.format("/dev/video0", new Webcam("Webcam", usb, none, List.of()))
                .more();
    }

    private UvcSteering steering(Optional<VideoConfig> encoder) {
        return new UvcSteering(
                new UvcOpening.Outcome(
                        new FrameFormat("H264", 1280, 720, 1),
                        new FrameSize(1280, 720),
                        FrameRate.of(30),
                        encoder,
                        List.of()),
                Optional.empty(),
                controls,
                new Touched(),
                asked(Map.of("focus_absolute", "10")));
    }

    private static CameraSettings asked(Map<String, String> words) {
        return asked(words, 0);
    }

    private static CameraSettings asked(Map<String, String> words, double framesPerSecond) {
        return new CameraSettings(
                "camera", "auto", "", 1280, 720, -1, -1, framesPerSecond, 0, "", words, "", "annexb", Map.of());
    }
}
