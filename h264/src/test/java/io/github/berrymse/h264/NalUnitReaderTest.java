package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Start codes, zeros and limits, on hand-made bytes. */
class NalUnitReaderTest {

    @Test
    void findsUnitsAfterStartCodesOfThreeAndFourBytes() {
        assertThat(units("00000001 6742 000001 68ce 00000001 65 88")).isEqualTo("6742 68ce 6588");
    }

    @Test
    void trimsTrailingZerosAndIgnoresEmptyUnits() {
        assertThat(units("000001 67420000 000001 000001 0000000001 68ce 000000"))
                .isEqualTo("6742 68ce");
    }

    @Test
    void ignoresBytesAheadOfTheFirstStartCode() {
        assertThat(units("ff00ff01 000001 65")).isEqualTo("65");
        assertThat(units("ff00ff01")).isEmpty();
        assertThat(units("")).isEmpty();
    }

    @Test
    void isNotMisledByOnesAndZerosInTheData() {
        assertThat(units("000001 6500010100020001000300 000001 41")).isEqualTo("65000101000200010003 41");
    }

    @Test
    void readsFromPositionToLimitOfADirectBufferAndLeavesItAsItIs() {
        ByteBuffer direct = ByteBuffer.allocateDirect(32).put(Streams.hex("0000016500 00000141 000001 01"));
        direct.position(3).limit(9);
        var units = new NalUnitReader(direct);
        assertThat(units.next()).isTrue();
        assertThat(units.type()).isEqualTo(NalUnitType.NON_IDR_SLICE);
        assertThat(units.start()).isEqualTo(8);
        assertThat(units.end()).isEqualTo(9);
        assertThat(units.next()).isFalse();
        assertThat(direct.position()).isEqualTo(3);
        assertThat(direct.limit()).isEqualTo(9);
    }

    @Test
    void findsTheSameUnitsWhateverTheStartCodes() {
        assertThat(Streams.types(Streams.read("three-byte-start-codes")))
                .hasSizeGreaterThan(20)
                .isEqualTo(Streams.types(Streams.read("main")));
    }

    private static String units(String hex) {
        ByteBuffer data = Streams.hex(hex);
        var units = new NalUnitReader(data);
        var found = new StringBuilder();
        while (units.next()) {
            for (int i = units.start(); i < units.end(); i++) {
                found.append("%02x".formatted(data.get(i)));
            }
            found.append(' ');
        }
        return found.toString().strip();
    }

    @Test
    void findsTheNextStartCodeWhereverItBeginsAndHoweverFewBytesFollow() {
        Random random = new Random(264);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(3) == 0 ? 77 : random.nextInt(3)); // zeros and ones, mostly
            }
            ByteBuffer data = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            int limit = random.nextInt(bytes.length + 1);
            int from = random.nextInt(limit + 1);
            assertThat(NalUnitReader.startCode(data, from, limit))
                    .as("%s from %s to %s", Arrays.toString(bytes), from, limit)
                    .isEqualTo(oneByOne(bytes, from, limit));
        }
    }

    private static int oneByOne(byte[] bytes, int from, int limit) {
        for (int at = from; at + 3 <= limit; at++) {
            if (bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1) {
                return at;
            }
        }
        return limit;
    }
}
