package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.FakeControls;
import io.github.berrymse.v4l2.NamedControls;
import io.github.berrymse.v4l2.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets controls of the extension unit by the names that V4L2 has for them. */
class UnitControlsTest {

    private final Touched touched = new Touched();
    private final List<String> refusals = new ArrayList<>();
    private RecordedUnit unit;

    @Test
    void standBesideTheDevicesOwnInOrder() throws Exception {
        assertThat(controls("native").all())
                .extracting(Control::key)
                .containsExactly(
                        "brightness",
                        "video_bitrate_mode",
                        "h264_minimum_qp_value",
                        "h264_maximum_qp_value",
                        "auto_exposure");
        assertThat(controls("small").all()).extracting(Control::key).containsExactly("brightness", "auto_exposure");
    }

    @Test
    void quantiserBoundsAreSetByNameAndGoBack() throws Exception {
        Controls controls = controls("native");
        set(controls, Map.of("h264_minimum_qp_value", "20", "h264_maximum_qp_value", "40", "brightness", "7"));
        assertThat(refusals).isEmpty();
        assertThat(unit.sets).containsExactly("QP_STEPS_LAYERS 0000071433", "QP_STEPS_LAYERS 0000071428");
        set(controls, Map.of());
        assertThat(unit.sets).endsWith("QP_STEPS_LAYERS 0000071433", "QP_STEPS_LAYERS 0000070a33");
    }

    @Test
    void boundsNeverCross() throws Exception {
        Controls controls = controls("native");
        set(controls, Map.of("h264_maximum_qp_value", "5"));
        assertThat(unit.sets).containsExactly("QP_STEPS_LAYERS 0000070505");
        set(controls, Map.of("h264_maximum_qp_value", "5", "h264_minimum_qp_value", "30"));
        assertThat(unit.sets).endsWith("QP_STEPS_LAYERS 0000071e1e", "QP_STEPS_LAYERS 0000070505");
    }

    @Test
    void valueThatIsNoneIsRefusedInWords() throws Exception {
        set(controls("native"), Map.of("h264_minimum_qp_value", "60", "video_bitrate_mode", "fast"));
        assertThat(refusals)
                .containsExactly(
                        "video_bitrate_mode cannot be fast: it is one of Variable Bitrate, Constant Bitrate",
                        "h264_minimum_qp_value cannot be 60: it is 0 to 51, the nearest is 51");
        assertThat(unit.sets).isEmpty();
    }

    @Test
    void rateControlModeIsSetByItsNameAndGoesBack() throws Exception {
        Controls controls = controls("native");
        set(controls, Map.of("video_bitrate_mode", "variable bitrate"));
        set(controls, Map.of());
        assertThat(unit.sets).containsExactly("RATE_CONTROL_MODE 000002", "RATE_CONTROL_MODE 000001");
        assertThat(refusals).isEmpty();
    }

    @Test
    void cameraThatTakesOneTypeOfFrameAtATimeGetsOneAfterTheOther() throws Exception {
        set(controls("picky"), Map.of("h264_minimum_qp_value", "20"));
        assertThat(unit.sets)
                .containsExactly(
                        "QP_STEPS_LAYERS 0000071433", "QP_STEPS_LAYERS 0000011433", "QP_STEPS_LAYERS 0000021433");
        assertThat(refusals).isEmpty();
    }

    private void set(Controls controls, Map<String, String> wanted) {
        new NamedControls(controls, touched, refusals).set(wanted);
    }

    private Controls controls(String recording) throws Exception {
        unit = RecordedUnit.of(recording);
        return new UnitControls(
                new FakeControls().with(0x980900, 1, "Brightness", 100, 0).with(0x9a0901, 1, "Auto Exposure", 3, 0),
                unit,
                unit.asUnit());
    }
}
