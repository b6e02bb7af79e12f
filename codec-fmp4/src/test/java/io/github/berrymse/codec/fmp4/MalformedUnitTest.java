package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Fragment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the camera delivers, nothing is thrown, and what goes out is well formed. The seeds are fixed. */
class MalformedUnitTest {
    private static final int MUTATIONS = 20_000;

    @Test
    void anyBytesMayBeWrong() {
        var random = new Random(20260102);
        var streams = List.of("four-slices", "aud-sei-filler", "high-scaling-lists", "interlaced", "baseline");
        for (String stream : streams) {
            List<byte[]> units = Streams.accessUnits(stream);
            var packager = new Fmp4Packager();
            for (int i = 0; i < MUTATIONS / streams.size(); i++) {
                byte[] unit = mutated(units.get(random.nextInt(units.size())), random);
                long timeUs = random.nextInt(10) == 0 ? random.nextLong() >> 8 : i * 40_000L;
                write(packager, ByteBuffer.wrap(unit, 0, random.nextInt(unit.length + 1)), timeUs);
            }
            assertThat(packager.malformedNalUnits()).isPositive();
        }
    }

    @Test
    void aUnitMayBeCutOffAnywhere() {
        byte[] unit = Streams.accessUnits("high-scaling-lists").get(0);
        for (int size = 0; size <= unit.length; size++) {
            write(new Fmp4Packager(), ByteBuffer.wrap(unit, 0, size), 0);
        }
    }

    private static byte[] mutated(byte[] unit, Random random) {
        byte[] bytes = unit.clone();
        int reach = random.nextBoolean() ? Math.min(80, bytes.length) : bytes.length;
        for (int changes = random.nextInt(6); changes >= 0; changes--) {
            bytes[random.nextInt(reach)] = (byte) (random.nextInt(3) == 0 ? random.nextInt(2) : random.nextInt(256));
        }
        return bytes;
    }

    private static void write(Fmp4Packager packager, ByteBuffer data, long timeUs) {
        var fragments = new ArrayList<Fragment>();
        assertThatCode(() -> packager.write(new AccessUnit(data, timeUs, 0), fragments::add))
                .doesNotThrowAnyException();
        for (Fragment fragment : fragments) {
            assertThat(fragment.durationTicks()).isBetween(1, 90_000);
            assertThat(Streams.nalUnitTypes(fragment)).isNotEmpty();
            assertThat(fragment.init()).isNotNull();
        }
    }
}
