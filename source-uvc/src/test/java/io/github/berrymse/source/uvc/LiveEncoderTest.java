package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Asks encoders, as if they streamed, that answer from recordings. */
class LiveEncoderTest {

    private RecordedUnit unit;

    @Test
    void bitRateIsSetAsPeakAndAverageAndReadBack() throws Exception {
        assertThat(encoder("native").setBitrate(2_000_000)).contains(2_000_000);
        assertThat(unit.sets).containsExactly("BITRATE_LAYERS 000080841e0080841e00");
    }

    @Test
    void bitRateOutOfRangeIsTheNearestInIt() throws Exception {
        assertThat(encoder("native").setBitrate(99_000_000)).contains(12_000_000);
        assertThat(encoder("native").setBitrate(1)).contains(64_000);
    }

    @Test
    void bitRateThatTheCameraChangesIsToldAsItIs() throws Exception {
        assertThat(encoder("clamping").setBitrate(9_000_000)).contains(4_000_000);
    }

    @Test
    void refusedAndMissingBitRateIsNone() throws Exception {
        assertThat(encoder("refusing").setBitrate(1_000_000)).isEmpty();
        assertThat(encoder("small").canSetBitrate()).isFalse();
        assertThat(encoder("small").setBitrate(1_000_000)).isEmpty();
        assertThatThrownBy(() -> encoder("gone").setBitrate(1_000_000)).hasMessageContaining("ENODEV");
    }

    @Test
    void keyFrameIsAskedForWithParameterSetsElseWithout() throws Exception {
        assertThat(encoder("native").requestKeyFrame()).isTrue();
        assertThat(unit.sets).containsExactly("PICTURE_TYPE_CONTROL 00000200");
        assertThat(encoder("clamping").requestKeyFrame()).isTrue();
        assertThat(unit.sets).containsExactly("PICTURE_TYPE_CONTROL 00000200", "PICTURE_TYPE_CONTROL 00000100");
    }

    @Test
    void cameraThatCannotBeAskedForAKeyFrameSaysSo() throws Exception {
        assertThat(encoder("refusing").requestKeyFrame()).isFalse();
        assertThat(encoder("small").requestKeyFrame()).isFalse();
        assertThat(unit.sets).isEmpty();
    }

    @Test
    void cameraThatDoesNotAnswerIsAskedOnce() throws Exception {
        LiveEncoder silent = encoder("gone");
        assertThat(silent.requestKeyFrame()).isFalse();
        assertThat(silent.requestKeyFrame()).isFalse();
        assertThat(unit.sets).hasSize(1);
    }

    private LiveEncoder encoder(String recording) throws Exception {
        unit = RecordedUnit.of(recording);
        return new LiveEncoder(unit.asUnit());
    }
}
