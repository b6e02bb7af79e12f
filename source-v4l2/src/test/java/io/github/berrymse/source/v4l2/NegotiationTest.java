package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.FakeControls;
import io.github.berrymse.v4l2.FrameRate;
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

    @Test
    void frameRateChangesWhileItStreamsAndGoesBackToTheCamerasOwn() throws Exception {
        open(at(0));
        Applied slower = change(at(15)).orElseThrow();
        assertThat(slower.rate()).isEqualTo(FrameRate.of(15));
        assertThat(slower.remark(at(15))).isEmpty();
        was = at(15);
        assertThat(change(at(0)).orElseThrow().rate()).isEqualTo(FrameRate.of(30));
    }

    @Test
    void nearestFrameRateOfTheDriverIsSaid() throws Exception {
        open(at(30));
        frames.taken = asked -> FrameRate.of(12.5);
        assertThat(change(at(15)).orElseThrow().remark(at(15))).isEqualTo("12.5 instead of 15 frames per second");
    }

    @Test
    void frameRateThatIsRefusedOrNotTakenWhileStreamingLetsTheCameraBeOpenedAnew() throws Exception {
        open(at(15));
        frames.taken = asked -> frames.rate;
        assertThat(change(at(25))).as("taken without effect").isEmpty();
        frames.isBusy = true;
        assertThat(change(at(25))).isEmpty();
        assertThat(change(at(0))).as("back to the camera's own").isEmpty();
        frames.isBusy = false;
        frames.taken = asked -> asked;
        open(at(0));
        assertThat(frames.rate).isEqualTo(FrameRate.of(30));
    }

    @Test
    void frameRateThatStaysIsLeftAlone() throws Exception {
        open(at(15));
        frames.isBusy = true;
        assertThat(change(asked(800_000, Map.of()))).isEmpty();
        was = asked(800_000, Map.of());
        assertThat(change(asked(900_000, Map.of()))).isPresent();
    }

    @Test
    void driverWithoutFrameRateIsNoReasonToOpenTheCameraAnew() throws Exception {
        frames.rate = FrameRate.UNKNOWN;
        frames.taken = asked -> FrameRate.UNKNOWN;
        open(at(0));
        assertThat(change(at(15)).orElseThrow().remark(at(15))).isEqualTo("its frame rate cannot be set");
    }

    @Test
    void whatElseIsInForceIsReadBackInWords() throws Exception {
        controls.withMenu(Control.H264_PROFILE, "H264 Profile", 0, "Baseline", "Constrained Baseline", "Main")
                .withMenu(Control.H264_LEVEL, "H264 Level", 1, "3", "4")
                .with(Control.H264_I_PERIOD, INTEGER, "H264 I-Frame Period", 1000, 60);
        open(new CameraSettings(
                "camera",
                "auto",
                "",
                1280,
                720,
                -1,
                -1,
                0,
                30,
                "constrained-baseline",
                Map.of("sharpness", "many"),
                "",
                "annexb",
                Map.of()));
        assertThat(applied.more())
                .containsExactly(
                        Map.entry("profile", "constrained-baseline"),
                        Map.entry("level", "4"),
                        Map.entry("keyFrameIntervalFrames", "30"),
                        Map.entry("sharpness", "0"));
        assertThat(change(asked(-1, Map.of())).orElseThrow().more())
                .containsExactly(
                        Map.entry("profile", "baseline"),
                        Map.entry("level", "4"),
                        Map.entry("keyFrameIntervalFrames", "60"));
    }

    private void open(CameraSettings settings) throws Exception {
        applied = new Negotiation("/dev/fake", frames, controls, touched, settings).apply();
        was = settings;
    }

    private Optional<Applied> change(CameraSettings settings) throws Exception {
        return new Negotiation("/dev/fake", frames, controls, touched, settings).change(applied, was);
    }

    private static CameraSettings asked(int bitrateBps, Map<String, String> words) {
        return settings(bitrateBps, 0, words);
    }

    private static CameraSettings at(double framesPerSecond) {
        return settings(-1, framesPerSecond, Map.of());
    }

    private static CameraSettings settings(int bitrateBps, double framesPerSecond, Map<String, String> words) {
        return new CameraSettings(
                "camera", "auto", "", 1280, 720, bitrateBps, -1, framesPerSecond, 0, "", words, "", "annexb", Map.of());
    }
}
