package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
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

    /** Times of many zeros, shifted by one bit after another, so that prevention bytes come and go. */
    @Test
    void keepsStartCodesOutOfTheSet() {
        for (int shift = 0; shift < 32; shift++) {
            SequenceParameterSet silent = timed(1 << shift, 0x01000000 >>> shift % 24);
            assertThat(silent.vui().timeScale()).isEqualTo(0x01000000 >>> shift % 24);
            SequenceParameterSet rewritten = BitstreamRestriction.addTo(silent);
            assertThat(rewritten.vui().hasBitstreamRestriction()).isTrue();
            assertThat(rewritten.vui().numUnitsInTick()).isEqualTo((1L << shift) & 0xffffffffL);
            assertThat(rewritten.vui().timeScale()).isEqualTo(0x01000000 >>> shift % 24);
            assertThat(HexFormat.of().formatHex(bytes(rewritten.nalUnit()))).matches("(?:(?!00000[012])..)*");
        }
    }

    private static SequenceParameterSet timed(int numUnitsInTick, int timeScale) {
        var out = new BitWriter();
        out.u(8, 0x67);
        out.u(8, 66);
        out.u(8, 0);
        out.u(8, 30);
        out.ue(0);
        out.ue(0);
        out.ue(2);
        out.ue(1);
        out.flag(false);
        out.ue(3);
        out.ue(2);
        out.u(4, 0b1101); // frame_mbs_only_flag, direct_8x8_inference_flag, no cropping, VUI
        out.u(5, 1); // no aspect ratio, overscan, video signal, chroma location, but timing
        out.u(32, numUnitsInTick);
        out.u(32, timeScale);
        out.u(5, 0); // no fixed frame rate, two HRDs, pic_struct, bitstream restriction
        byte[] unit = out.toNalUnit();
        return SequenceParameterSet.parse(ByteBuffer.wrap(unit), 0, unit.length).orElseThrow();
    }

    private static byte[] bytes(NalUnit unit) {
        var bytes = new byte[unit.size()];
        unit.bytes().get(bytes);
        return bytes;
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
