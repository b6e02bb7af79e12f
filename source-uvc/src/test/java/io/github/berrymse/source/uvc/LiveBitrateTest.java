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

/** Changes the bit rate of a webcam, as if it streamed, whose encoder answers from recordings. */
class LiveBitrateTest {

    private static final Optional<VideoConfig> COMMITTED =
            Optional.of(new VideoConfig(new byte[46]).put(Field.BIT_RATE, 2_000_000));

    private RecordedUnit unit;

    @Test
    void bitRateThatIsTakenIsApplied() throws Exception {
        assertThat(steering("native", COMMITTED).apply(settings(900_000))).isTrue();
        assertThat(unit.sets).containsExactly("BITRATE_LAYERS 0000a0bb0d00a0bb0d00");
    }

    @Test
    void bitRateThatIsRefusedIsForAnEncoderThatIsSetUpAnew() throws Exception {
        UvcSteering steering = steering("refusing", COMMITTED);
        assertThat(steering.apply(settings(900_000))).isFalse();
        assertThat(steering("refusing", COMMITTED, settings(900_000)).apply(settings(900_000)))
                .as("opened for it, it is not opened for it again")
                .isTrue();
        assertThat(unit.sets).isEmpty();
    }

    @Test
    void encoderThatTookNothingBeforeTheStartIsNotSetUpAnew() throws Exception {
        assertThat(steering("refusing", Optional.empty()).apply(settings(900_000)))
                .isTrue();
        assertThat(unit.sets).containsExactly("BITRATE_LAYERS 0000a0bb0d00a0bb0d00");
    }

    private UvcSteering steering(String recording, Optional<VideoConfig> committed) throws Exception {
        return steering(recording, committed, settings(2_000_000));
    }

    private UvcSteering steering(String recording, Optional<VideoConfig> committed, CameraSettings asked)
            throws Exception {
        unit = RecordedUnit.of(recording);
        UvcOpening.Outcome outcome = new UvcOpening.Outcome(
                new FrameFormat("H264", 1280, 720, 0),
                new FrameSize(1280, 720),
                new FrameRate(30, 1),
                committed,
                List.of());
        return new UvcSteering(
                outcome, Optional.of(new LiveEncoder(unit.asUnit())), new FakeControls(), new Touched(), asked);
    }

    private static CameraSettings settings(int bitrateBps) {
        return new CameraSettings(
                "camera", "auto", "auto", 1280, 720, bitrateBps, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
    }
}
