package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.h264.AccessUnitSplitter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams by x264 with pictures missing, bits flipped, ends cut off and pieces of one another: through splitter and
 * packager nothing is thrown, and nothing goes out whose reference or parameter sets did not. The seeds are fixed.
 */
class SpoiltStreamTest {
    private static final List<String> NAMES =
            List.of("baseline", "main", "four-slices", "aud-sei-filler", "interlaced", "cropped");
    private static final int ROUNDS = 300;
    private static final int GROUP = 10; // an IDR picture and nine that refer to the one before them

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void justThePicturesGoOutWhoseReferencesDid(boolean isLossTold) {
        var random = new Random(20260103);
        int longestLoss = isLossTold ? 4 * GROUP : GROUP - 1; // after a whole group, numbers go on as if nothing were
        for (int round = 0; round < ROUNDS; round++) {
            var units = new ArrayList<byte[]>();
            for (int i = 0; i < 3; i++) {
                List<byte[]> more = Streams.accessUnits(NAMES.get(random.nextInt(NAMES.size())));
                units.addAll(more.subList(0, more.size() / GROUP * GROUP));
            }
            var packager = new Fmp4Packager();
            var expected = new ArrayList<Long>();
            var packed = new ArrayList<Long>();
            boolean isDecodable = false;
            for (int i = 0; i < units.size(); i++) {
                int loss = random.nextInt(8) == 0 ? 1 + random.nextInt(longestLoss) : 0;
                int lost = Math.min(loss, units.size() - 1 - i);
                i += lost;
                isDecodable = i % GROUP == 0 || isDecodable && lost == 0;
                if (isDecodable) {
                    expected.add((long) i);
                }
                packager.write(
                        Streams.unit(units.get(i), i, isLossTold ? lost : 0), f -> packed.add(f.captureTimeUs()));
            }
            assertThat(packed).isEqualTo(expected);
        }
    }

    @Test
    void whateverComesOutIsDecodable() {
        var random = new Random(20260104);
        int fragments = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var packed = new PackedStream();
            var splitters = new AccessUnitSplitter[1];
            var packager = new Fmp4Packager();
            splitters[0] = new AccessUnitSplitter(unit -> {
                packed.goesIn(unit);
                int lost = 16 * packed.tornSince(splitters[0].tornUnits());
                packager.write(new AccessUnit(unit, 0, lost), packed::add);
            });
            byte[] stream = spoilt(random);
            for (int at = 0; at < stream.length; ) {
                int size = Math.min(stream.length - at, 1 + random.nextInt(6000));
                splitters[0].append(ByteBuffer.wrap(stream, at, size));
                at += size;
                if (random.nextInt(8) == 0) {
                    splitters[0].flush();
                }
            }
            fragments += packed.size();
        }
        assertThat(fragments).as("most pictures are left").isGreaterThan(ROUNDS * 10);
    }

    private static byte[] spoilt(Random random) {
        byte[] stream = Boxes.concat(any(random), any(random), any(random));
        for (int spoils = random.nextInt(5); spoils >= 0; spoils--) {
            int at = random.nextInt(stream.length);
            byte[] before = piece(stream, 0, at);
            byte[] after = piece(stream, at, stream.length);
            byte[] other = any(random);
            int from = random.nextInt(other.length);
            stream = switch (random.nextInt(5)) {
                case 0 -> flipped(stream, at, random.nextInt(8));
                case 1 -> Boxes.concat(before, piece(after, random.nextInt(3000), after.length));
                case 2 -> Boxes.concat(before, other);
                case 3 -> Boxes.concat(before, piece(other, from, from + random.nextInt(9000)), after);
                default -> withSets(Streams.accessUnits(NAMES.get(random.nextInt(NAMES.size()))), random);
            };
        }
        return stream;
    }

    /** A stream with the parameter sets of another, or with a new one of its own, ahead of one of its pictures. */
    private static byte[] withSets(List<byte[]> units, Random random) {
        byte[] sets = Streams.without(
                Streams.accessUnits(NAMES.get(random.nextInt(NAMES.size()))).get(0), 5, 6);
        int picture = random.nextInt(units.size());
        units.set(picture, Boxes.concat(Bits.withPpsId(sets, 0, random.nextInt(2)), units.get(picture)));
        return Boxes.concat(units.toArray(byte[][]::new));
    }

    private static byte[] flipped(byte[] stream, int at, int bit) {
        byte[] flipped = stream.clone();
        flipped[at] ^= (byte) (1 << bit);
        return flipped;
    }

    private static byte[] piece(byte[] stream, int from, int to) {
        int end = Math.min(to, stream.length);
        return Arrays.copyOfRange(stream, Math.min(from, end), end);
    }

    private static byte[] any(Random random) {
        return Streams.bytes(NAMES.get(random.nextInt(NAMES.size())));
    }
}
