package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, nothing is thrown and reading ends. The seeds are fixed. */
class MalformedStreamTest {
    private static final int MUTATIONS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"high-scaling-lists", "aud-sei-filler", "high444", "interlaced"})
    void anyByteMayBeWrong(String stream) {
        byte[] original = Streams.accessUnits(Streams.read(stream), 4096, true).get(0);
        var random = new Random(20260101);
        for (int i = 0; i < MUTATIONS / 4; i++) {
            byte[] bytes = original.clone();
            int changes = 1 + random.nextInt(8);
            for (int c = 0; c < changes; c++) {
                bytes[random.nextInt(Math.min(120, bytes.length))] = (byte) random.nextInt(256);
            }
            ByteBuffer mutated = ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(bytes.length));
            assertThatCode(() -> readEverything(mutated)).doesNotThrowAnyException();
        }
    }

    @Test
    void aStreamMayEndAnywhere() {
        ByteBuffer whole = Streams.read("high-scaling-lists");
        for (int size = 0; size < 1500; size++) {
            ByteBuffer cut = whole.slice(0, size);
            assertThatCode(() -> readEverything(cut)).doesNotThrowAnyException();
        }
    }

    @Test
    void noiseIsNoStream() {
        var noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        assertThatCode(() -> readEverything(ByteBuffer.wrap(noise))).doesNotThrowAnyException();
        assertThat(SequenceParameterSet.parse(ByteBuffer.wrap(new byte[64]), 0, 64))
                .isEmpty();
    }

    private static void readEverything(ByteBuffer stream) {
        SequenceParameterSet sps = null;
        var units = new NalUnitReader(stream);
        while (units.next()) {
            SequenceParameterSet known = sps;
            if (units.type() == NalUnitType.SPS) {
                sps = SequenceParameterSet.parse(stream, units.start(), units.end())
                        .map(BitstreamRestriction::addTo)
                        .orElse(sps);
            } else if (units.type() == NalUnitType.PPS) {
                PictureParameterSet.parse(stream, units.start(), units.end());
            } else {
                SliceHeader.parse(stream, units.start(), units.end(), id -> known);
            }
        }
        Streams.accessUnits(stream.slice(), 64 << 10, true);
    }
}
