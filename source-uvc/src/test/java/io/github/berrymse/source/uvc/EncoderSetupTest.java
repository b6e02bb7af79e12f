package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.source.uvc.VideoConfig.Field;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;
import io.github.berrymse.v4l2.LinuxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sets encoders up that answer from recordings. */
class EncoderSetupTest {

    private static final EncoderSettings OWN =
            new EncoderSettings(new FrameSize(1280, 720), FrameRate.UNKNOWN, -1, 0, "", false);
    private static final EncoderSettings ALL =
            new EncoderSettings(new FrameSize(1280, 720), new FrameRate(30, 1), 1_500_000, 60, "main", false);

    private final List<String> remarks = new ArrayList<>();
    private RecordedUnit unit;

    @Test
    void resetsProbesAndCommitsAllThatWasAsked() throws Exception {
        Optional<VideoConfig> got = commit("native", ALL);

        String all = "FRAME_INTERVAL=333333 BIT_RATE=1500000 HINTS=0xa81f WIDTH=1280 HEIGHT=720 PROFILE=0x4d00"
                + " I_FRAME_PERIOD=2000 USAGE_TYPE=1 RATE_CONTROL_MODE=1";
        assertThat(unit.sets)
                .containsExactly("ENCODER_RESET 0000", "VIDEO_CONFIG_PROBE " + all, "VIDEO_CONFIG_COMMIT " + all);
        assertThat(got).isPresent();
        assertThat(remarks).isEmpty();
    }

    @Test
    void leavesWhatWasNotAskedToTheCamera() throws Exception {
        commit("native", OWN);
        assertThat(unit.sets.get(2))
                .isEqualTo("VIDEO_CONFIG_COMMIT FRAME_INTERVAL=333333 BIT_RATE=3000000 HINTS=0x19 WIDTH=1280 HEIGHT=720"
                        + " PROFILE=0x4240 I_FRAME_PERIOD=10000 USAGE_TYPE=1 RATE_CONTROL_MODE=1");
        assertThat(remarks).isEmpty();
    }

    @Test
    void asksForTheAuxiliaryStreamWhenH264ComesWithinMjpeg() throws Exception {
        Optional<VideoConfig> got = commit("native", new EncoderSettings(ALL.size(), ALL.rate(), -1, 0, "high", true));
        assertThat(unit.sets.get(1)).contains("PROFILE=0x6400", "STREAM_MUX_OPTION=3");
        assertThat(got.orElseThrow().get(Field.STREAM_MUX_OPTION)).isEqualTo(3);
    }

    @Test
    void valuesOutOfRangeAreMovedIntoItBeforeTheCameraIsAsked() throws Exception {
        Optional<VideoConfig> got =
                commit("native", new EncoderSettings(ALL.size(), new FrameRate(1, 1), 50_000_000, 600, "", false));
        assertThat(unit.sets.get(1)).contains("BIT_RATE=12000000 ", "I_FRAME_PERIOD=50000 ");
        assertThat(got.orElseThrow().get(Field.BIT_RATE)).isEqualTo(12_000_000);
        assertThat(remarks).containsExactly("key frame interval 50 instead of 600 frames");
    }

    @Test
    void whatTheCameraMakesOfItIsCommittedAndSaid() throws Exception {
        Optional<VideoConfig> got =
                commit("clamping", new EncoderSettings(ALL.size(), ALL.rate(), 8_000_000, 15, "high", false));
        assertThat(unit.sets.get(2)).startsWith("VIDEO_CONFIG_COMMIT ").contains("BIT_RATE=4000000", "PROFILE=0x4d00");
        assertThat(got.orElseThrow().get(Field.BIT_RATE)).isEqualTo(4_000_000);
        assertThat(remarks)
                .containsExactly(
                        "key frame interval 30 instead of 15 frames",
                        "profile main instead of high",
                        "it may reorder pictures, which browsers show late");
    }

    @Test
    void muxedSizeIsTheUnitsAffair() throws Exception {
        EncoderSettings wanted = new EncoderSettings(new FrameSize(1920, 1080), ALL.rate(), -1, 0, "", true);
        commit("clamping", wanted);
        assertThat(remarks).contains("1280x720 instead of 1920x1080");
    }

    @Test
    void constrainedBaselineWillDoForBaselineAndNotTheOtherWayRound() throws Exception {
        commit("native", new EncoderSettings(ALL.size(), ALL.rate(), -1, 0, "baseline", false));
        assertThat(remarks).isEmpty();
        assertThat(unit.sets.get(2)).contains("PROFILE=0x4200");
    }

    @Test
    void cameraThatRefusesKeepsItsOwnAndThatIsSaid() throws Exception {
        assertThat(commit("refusing", ALL)).isEmpty();
        assertThat(remarks)
                .containsExactly("its encoder keeps its own settings, as it refuses others"
                        + " (SET_CUR VIDEO_CONFIG_PROBE /dev/video0: EBUSY)");
    }

    @Test
    void unitThatCannotBeAskedIsNotSaidToRefuse() throws Exception {
        assertThat(commit("picky", ALL)).isEmpty();
        assertThat(remarks).containsExactly("its encoder keeps its own settings, as it has no control to set others");
        assertThat(unit.sets).isEmpty();
    }

    @Test
    void shorterStructWithoutDefaultAndSilenceOnResetAreCopedWith() throws Exception {
        Optional<VideoConfig> got = commit("small", ALL);
        assertThat(got.orElseThrow().bytes()).hasSize(36);
        assertThat(unit.sets).hasSize(3);
        assertThat(got.get().get(Field.BIT_RATE)).isEqualTo(1_500_000);
        assertThat(remarks).isEmpty();
    }

    @Test
    void cameraThatIsGoneIsNoRefusal() throws Exception {
        RecordedUnit gone = RecordedUnit.of("gone");
        assertThatThrownBy(() -> new EncoderSetup(gone.asUnit(), Quirks.of(model("1209:0001")), ALL, remarks).commit())
                .isInstanceOf(LinuxException.class)
                .hasMessage("SET_CUR VIDEO_CONFIG_PROBE /dev/video0: ENODEV");
    }

    @Test
    void camerasThatFreezeAtSomeKeyFrameIntervalsAreNotAskedForThem() throws Exception {
        for (String model : List.of("046d:0843", "046d:085b", "046d:085c")) {
            for (int frames = 1; frames < 300; frames += 7) {
                assertThat(periodMs(model, frames, new FrameRate(30, 1)))
                        .as("%d frames", frames)
                        .isGreaterThanOrEqualTo(1000)
                        .satisfies(ms -> assertThat(ms % 500).isZero());
            }
            assertThat(periodMs(model, 10, new FrameRate(30, 1))).isEqualTo(1000);
            assertThat(remarks).containsExactly("key frame interval 30 instead of 10 frames");
            assertThat(periodMs(model, 40, new FrameRate(30, 1))).isEqualTo(1500);
            assertThat(remarks).containsExactly("key frame interval 45 instead of 40 frames");
            assertThat(periodMs(model, 60, new FrameRate(24, 1))).isEqualTo(2500);
            assertThat(remarks).isEmpty();
        }
        assertThat(periodMs("046d:082d", 10, new FrameRate(30, 1))).as("others").isEqualTo(333);
    }

    @Test
    void cameraThatFreezesKeepsItsOwnKeyFrameIntervalWhereNoneIsAsked() throws Exception {
        assertThat(periodMs("046d:0843", 0, new FrameRate(30, 1))).isEqualTo(10_000);
        assertThat(periodMs("046d:0843", 1_000_000, new FrameRate(5, 1))).isEqualTo(50_000);
    }

    /** wIFramePeriod that a model with freezing's answers commits to. */
    private long periodMs(String model, int frames, FrameRate rate) throws Exception {
        remarks.clear();
        unit = RecordedUnit.of("freezing");
        EncoderSettings wanted = new EncoderSettings(ALL.size(), rate, -1, frames, "", true);
        return new EncoderSetup(unit.asUnit(), Quirks.of(model(model)), wanted, remarks)
                .commit()
                .orElseThrow()
                .get(Field.I_FRAME_PERIOD);
    }

    private Optional<VideoConfig> commit(String recording, EncoderSettings asked) throws Exception {
        unit = RecordedUnit.of(recording);
        return new EncoderSetup(unit.asUnit(), Quirks.of(model("046d:082d")), asked, remarks).commit();
    }

    private static UsbIdentity model(String id) {
        return new UsbIdentity(id.substring(0, 4), id.substring(5), "", "1-1", 0);
    }
}
