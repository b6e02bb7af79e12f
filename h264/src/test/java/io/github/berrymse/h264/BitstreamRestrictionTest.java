package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequence parameter sets that leave reordering open are completed, others stay as they are. */
class BitstreamRestrictionTest {

    @ParameterizedTest
    @ValueSource(strings = {"baseline", "main", "high", "high-scaling-lists", "aspect-ratio", "cropped", "high444"})
    void addsItWhereItIsNotSaidAndLeavesTheRest(String stream) {
        SequenceParameterSet original = Streams.sps(Streams.read(stream));
        SequenceParameterSet silent = withoutRestriction(original);
        assertThat(silent.vui().hasBitstreamRestriction()).isFalse();

        SequenceParameterSet rewritten = BitstreamRestriction.addTo(silent);
        assertThat(rewritten.vui().hasBitstreamRestriction()).isTrue();
        assertThat(rewritten.vui().maxNumReorderFrames()).isZero();
        assertThat(rewritten.vui().maxDecFrameBuffering()).isEqualTo(1);
        assertThat(rewritten.width()).isEqualTo(original.width());
        assertThat(rewritten.height()).isEqualTo(original.height());
        assertThat(rewritten.vui().framesPerSecond()).isEqualTo(original.vui().framesPerSecond());
        assertThat(rewritten.vui().sarWidth()).isEqualTo(original.vui().sarWidth());
    }

    @Test
    void addsAVuiWhereThereIsNone() {
        SequenceParameterSet bare = withoutVui(Streams.sps(Streams.read("main")));
        assertThat(bare.hasVui()).isFalse();
        SequenceParameterSet rewritten = BitstreamRestriction.addTo(bare);
        assertThat(rewritten.hasVui()).isTrue();
        assertThat(rewritten.vui().hasBitstreamRestriction()).isTrue();
        assertThat(rewritten.vui().framesPerSecond()).isZero();
        assertThat(rewritten.width()).isEqualTo(64);
    }

    @Test
    void leavesASetAloneThatSaysItAlreadyOrMayReorder() {
        SequenceParameterSet said = Streams.sps(Streams.read("main"));
        assertThat(BitstreamRestriction.addTo(said)).isSameAs(said);
        SequenceParameterSet reordering = withoutRestriction(Streams.sps(Streams.read("b-pictures")));
        assertThat(BitstreamRestriction.addTo(reordering)).isSameAs(reordering);
    }

    private static SequenceParameterSet withoutRestriction(SequenceParameterSet sps) {
        return copyUpTo(sps, sps.restrictionPosition());
    }

    private static SequenceParameterSet withoutVui(SequenceParameterSet sps) {
        SequenceParameterSet cut = sps;
        for (int bits = sps.restrictionPosition(); cut.hasVui(); bits--) {
            cut = copyUpTo(sps, bits);
        }
        return cut;
    }

    /** The bits so far, then a zero for the flag that follows. */
    private static SequenceParameterSet copyUpTo(SequenceParameterSet sps, int bits) {
        var in = new BitReader(sps.nalUnit().bytes(), 0, sps.nalUnit().size());
        var out = new BitWriter();
        while (in.position() < bits) {
            out.flag(in.flag());
        }
        out.flag(false);
        byte[] unit = out.toNalUnit();
        return SequenceParameterSet.parse(ByteBuffer.wrap(unit), 0, unit.length).orElseThrow();
    }
}
