package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.FakeControls;
import io.github.berrymse.v4l2.Touched;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sets a camera without a device up, and changes its settings as if it streamed. */
class NegotiationTest {

    private static final int INTEGER = 1;
    private static final int SHARPNESS = 0x98091b;

    private final FakeFrames frames = new FakeFrames();
    private final FakeControls controls = new FakeControls()
            .with(SHARPNESS, INTEGER, "Sharpness", 100, 0)
            .with(Control.BITRATE, INTEGER, "Video Bitrate", 25_000_000, 10_000_000);
    private final Touched touched = new Touched();
    private CameraSettings was;
    private Applied applied;

    @Test
    void namedControlThatIsRefusedWhileStreamingLetsTheCameraBeOpenedAnew() throws Exception {
        open(asked(1_500_000, Map.of("sharpness", "10")));
        controls.busy.add(SHARPNESS);
        assertThat(change(asked(1_500_000, Map.of("sharpness", "20")))).isEmpty();
        assertThat(change(asked(1_500_000, Map.of())))
                .as("back to the camera's own")
                .isEmpty();
        controls.busy.clear();
        open(asked(1_500_000, Map.of()));
        assertThat(controls.number(SHARPNESS)).isZero();
    }

    @Test
    void namedControlThatIsRefusedAllTheTimeIsNoReasonToOpenTheCameraAnew() throws Exception {
        controls.busy.add(SHARPNESS);
        open(asked(1_500_000, Map.of("sharpness", "10")));
        assertThat(applied.remark(was))
                .isEqualTo("sharpness could not be set to 10 (VIDIOC_S_EXT_CTRLS /dev/fake: EBUSY)");
        assertThat(change(asked(800_000, Map.of("sharpness", "10")))).isPresent();
        assertThat(controls.number(Control.BITRATE)).isEqualTo(800_000);
    }

    @Test
    void bitRateThatIsRefusedWhileStreamingLetsTheCameraBeOpenedAnewAndGoesBackThen() throws Exception {
        open(asked(1_500_000, Map.of()));
        controls.busy.add(Control.BITRATE);
        assertThat(change(asked(800_000, Map.of()))).isEmpty();
        assertThat(change(asked(-1, Map.of()))).isEmpty();
        controls.busy.clear();
        open(asked(-1, Map.of()));
        assertThat(controls.number(Control.BITRATE)).isEqualTo(10_000_000);
    }

    private void open(CameraSettings settings) throws Exception {
        applied = new Negotiation("/dev/fake", frames, controls, touched, settings).apply();
        was = settings;
    }

    private Optional<Applied> change(CameraSettings settings) throws Exception {
        return new Negotiation("/dev/fake", frames, controls, touched, settings).change(applied, was);
    }

    private static CameraSettings asked(int bitrateBps, Map<String, String> words) {
        return new CameraSettings(
                "camera", "auto", "", 1280, 720, bitrateBps, -1, 0, 0, "", words, "", "annexb", Map.of());
    }
}
