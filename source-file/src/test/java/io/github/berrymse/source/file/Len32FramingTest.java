package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.CaptureException;
import io.github.berrymse.source.file.Streams.Unit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames with a length ahead, in pieces of every size; lengths at and beyond the bounds. */
class Len32FramingTest {
    private final List<Unit> units = new ArrayList<>();

    @Test
    void len32MaySplitAnywhere() throws Exception {
        List<byte[]> pictures = Streams.accessUnits("four-slices");
        byte[] framed = PipeCaptureTest.framed(pictures);
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var framing = new Len32Framing("test");
            units.clear();
            for (int at = 0; at < framed.length; ) {
                int size = Math.min(framed.length - at, 1 + random.nextInt(round % 2 == 0 ? 7 : 9000));
                framing.take(ByteBuffer.wrap(framed, at, size), round, u -> units.add(Unit.of(u)));
                at += size;
            }
            assertThat(units).extracting(Unit::bytes).containsExactlyElementsOf(pictures);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Len32Framing.MAX_UNIT_BYTES + 1})
    void refusesLengthsOutOfBounds(int length) {
        ByteBuffer chunk = ByteBuffer.allocate(8).putInt(0, length);
        assertThatThrownBy(() -> new Len32Framing("the pipe").take(chunk, 0, unit -> {}))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("the pipe announces an access unit of " + Integer.toUnsignedString(length));
    }

    @Test
    void aUnitMayBeAsLongAsTheBound() throws Exception {
        var framing = new Len32Framing("the pipe");
        framing.take(ByteBuffer.allocate(4).putInt(0, Len32Framing.MAX_UNIT_BYTES), 0, u -> units.add(Unit.of(u)));
        assertThat(framing.take(ByteBuffer.allocate(Len32Framing.MAX_UNIT_BYTES), 1, u -> units.add(Unit.of(u))))
                .isTrue();
        assertThat(units.get(0).bytes()).hasSize(Len32Framing.MAX_UNIT_BYTES);
        assertThat(units.get(0).captureTimeUs()).isZero();
    }
}
