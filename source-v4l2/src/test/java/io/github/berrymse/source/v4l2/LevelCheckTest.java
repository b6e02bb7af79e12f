package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.h264.Level;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.FakeControls;
import io.github.berrymse.v4l2.Touched;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares streams with the level of a camera that goes up to 4. */
class LevelCheckTest {
    private static final Level.Load HD30 = new Level.Load(1280, 720, 30, 1_500_000, true);
    private static final Level.Load FULL_HD60 = new Level.Load(1920, 1080, 60, 4_000_000, true);
    private static final int L3 = 1;
    private static final int L3_1 = 2;

    private final FakeControls controls =
            new FakeControls().withMenu(Control.H264_LEVEL, "H264 Level", L3, "2", "3", "3.1", "3.2", "4");

    @Test
    void levelThatNobodyChoseIsRaisedToTheLowestThatFits() {
        assertThat(fit(HD30, false)).isEmpty();
        assertThat(controls.number(Control.H264_LEVEL)).isEqualTo(L3_1);
        assertThat(fit(HD30, false)).isEmpty();
        assertThat(controls.set).as("set once, and left alone once it fits").hasSize(1);
    }

    @Test
    void chosenLevelStaysAndIsRemarkedUpon() {
        assertThat(fit(HD30, true))
                .contains("1280x720 at 30 frames per second with 1500000 bit/s is more than H.264 level 3 allows,"
                        + " the lowest that fits is 3.1: set h264_level to that");
        assertThat(controls.set).isEmpty();
    }

    @Test
    void streamThatNoLevelOfTheCameraFitsIsRemarkedUpon() {
        assertThat(fit(FULL_HD60, false))
                .contains("1920x1080 at 60 frames per second with 4000000 bit/s is more than H.264 level 3 allows,"
                        + " the lowest that fits is 4.2, which the camera has not: ask for less");
        assertThat(fit(new Level.Load(16_000, 9_000, 0, 0, false), true).orElseThrow())
                .isEqualTo("16000x9000 is more than H.264 level 3 allows, none does: ask for less");
    }

    @Test
    void levelThatCannotBeSetWhileStreamingIsRemarkedUpon() {
        controls.busy.add(Control.H264_LEVEL);
        assertThat(fit(HD30, false).orElseThrow())
                .endsWith("the lowest that fits is 3.1, which the camera does not take at this moment");
    }

    @Test
    void cameraWithoutLevelControlHasNoWordsForIt() {
        assertThat(new LevelCheck(new FakeControls(), new Touched()).fit(FULL_HD60, false))
                .isEmpty();
    }

    private Optional<String> fit(Level.Load load, boolean isChosen) {
        return new LevelCheck(controls, new Touched()).fit(load, isChosen);
    }
}
