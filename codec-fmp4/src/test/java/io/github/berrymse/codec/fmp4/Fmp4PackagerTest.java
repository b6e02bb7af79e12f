package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.h264.NalUnitReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access units in, fragments out: streams by x264, whole, cut, reordered and spoilt. */
class Fmp4PackagerTest {
    private final Fmp4Packager packager = new Fmp4Packager();
    private final List<Fragment> fragments = new ArrayList<>();
    private long nowUs = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "baseline,               30, 3, avc1.42C00A,   64,   48",
        "main,                   20, 2, avc1.4D400A,   64,   48",
        "three-byte-start-codes, 20, 2, avc1.4D400A,   64,   48",
        "high,                   20, 2, avc1.64000A,   64,   48",
        "high-scaling-lists,     20, 2, avc1.64000A,   64,   48",
        "monochrome,             10, 1, avc1.64000A,   64,   48",
        "high10,                 10, 1, avc1.6E000A,   64,   48",
        "high422,                10, 1, avc1.7A000A,   64,   48",
        "high444,                10, 1, avc1.F4000A,   64,   48",
        "four-slices,            12, 2, avc1.64000D,  320,  240",
        "aud-sei-filler,         20, 2, avc1.64000B,   64,   48",
        "interlaced,             10, 1, avc1.640015,  320,  240",
        "cropped,                10, 1, avc1.64000D,  322,  182",
        "full-hd,                 2, 1, avc1.640028, 1920, 1080",
    })
    void packsEveryPictureOfAStream(String stream, int pictures, int keys, String codec, int width, int height) {
        fragments.addAll(Streams.pack(packager, Streams.accessUnits(stream)));
        assertThat(fragments).hasSize(pictures);
        assertThat(fragments).filteredOn(Fragment::isSync).hasSize(keys);
        assertThat(fragments.get(0).init().codec()).isEqualTo(codec);
        assertThat(fragments.get(0).init().width()).isEqualTo(width);
        assertThat(fragments.get(0).init().height()).isEqualTo(height);
        assertThat(fragments).allSatisfy(f -> {
            assertThat(f.init()).isSameAs(fragments.get(0).init());
            assertThat(Streams.nalUnitTypes(f)).isSubsetOf(1, 5);
            assertThat(Streams.nalUnitTypes(f).contains(5)).isEqualTo(f.isSync());
        });
        assertThat(packager.malformedNalUnits()).isZero();
        assertThat(packager.undecodableAccessUnits()).isZero();
    }

    @Test
    void allSlicesOfAPictureAreInOneSample() {
        assertThat(Streams.pack("four-slices"))
                .allSatisfy(f -> assertThat(Streams.nalUnitTypes(f)).hasSize(4));
    }

    @Test
    void theTimelineIsContiguous() {
        List<Fragment> packed = Streams.pack("main");
        assertThat(packed.get(0).decodeTimeTicks()).isZero();
        assertThat(packed.get(0).durationTicks()).isEqualTo(1);
        for (int i = 1; i < packed.size(); i++) {
            Fragment before = packed.get(i - 1);
            assertThat(packed.get(i).decodeTimeTicks()).isEqualTo(before.decodeTimeTicks() + before.durationTicks());
            assertThat(packed.get(i).durationTicks()).isBetween(2999, 3000);
        }
    }

    @Test
    void everyMessageKeepsTheLayoutThatScriptsRely() {
        for (Fragment fragment : Streams.pack("main")) {
            ByteBuffer message = ByteBuffer.wrap(Streams.message(fragment, 7));
            assertThat(message.getInt(76)).isEqualTo(0x7472756e); // trun
            assertThat(message.get(92)).isEqualTo((byte) (fragment.isSync() ? 2 : 1));
            assertThat(message.getInt(20)).isEqualTo(7);
            assertThat(message.getLong(64)).isEqualTo(fragment.decodeTimeTicks());
            assertThat(message.getInt(96)).isEqualTo(fragment.durationTicks());
            assertThat(message.getInt(100)).isEqualTo(fragment.payload().remaining());
            assertThat(message.getInt(104)).isEqualTo(8 + fragment.payload().remaining());
            assertThat(message.getInt(108)).isEqualTo(0x6d646174); // mdat
        }
    }

    @Test
    void headersGoWhereverTheReceiverIs() {
        Fragment fragment = Streams.pack("main").get(0);
        ByteBuffer to = ByteBuffer.allocateDirect(200).position(30);
        fragment.putHeader(to, 3, 1L << 40, 5);
        assertThat(to.position()).isEqualTo(30 + fragment.headerSize());
        assertThat(to.getLong(30 + 64)).isEqualTo(1L << 40);
        assertThat(to.getInt(30 + 96)).isEqualTo(5);
    }

    @Test
    void payloadsAreReadOnlyAndEachCallHasItsOwnView() {
        Fragment fragment = Streams.pack("main").get(0);
        assertThat(fragment.payload().isReadOnly()).isTrue();
        fragment.payload().position(9);
        assertThat(fragment.payload().position()).isZero();
        assertThatThrownBy(() -> fragment.payload().array()).isInstanceOf(java.nio.ReadOnlyBufferException.class);
    }

    @Test
    void aPayloadIsACopyOfTheBorrowedBytes() {
        byte[] unit = Streams.accessUnits("main").get(0);
        write(unit, 0);
        byte[] packed = Streams.bytes(fragments.get(0).payload());
        Arrays.fill(unit, (byte) 0);
        assertThat(Streams.bytes(fragments.get(0).payload())).isEqualTo(packed);
    }

    @Test
    void directBuffersPackTheSame() {
        byte[] unit = Streams.accessUnits("four-slices").get(0);
        ByteBuffer direct = ByteBuffer.allocateDirect(unit.length + 9).position(9);
        direct.put(unit).flip().position(9);
        packager.write(new AccessUnit(direct, nowUs, 0), fragments::add);
        assertThat(fragments.get(0).payload())
                .isEqualTo(Streams.pack("four-slices").get(0).payload());
    }

    @Test
    void nothingGoesOutBeforeParameterSetsAndAKeyFrame() {
        List<byte[]> units = Streams.accessUnits("main");
        write(units.get(1), 0);
        write(Streams.without(units.get(0), 7), 0);
        write(units.get(2), 0);
        assertThat(fragments).isEmpty();
        assertThat(packager.undecodableAccessUnits()).isEqualTo(3);
        write(units.get(10), 0);
        assertThat(fragments).hasSize(1);
        assertThat(fragments.get(0).isSync()).isTrue();
    }

    @Test
    void parameterSetsMayComeInABufferOfTheirOwn() {
        List<byte[]> units = Streams.accessUnits("main");
        write(Streams.without(units.get(0), 5), 0);
        assertThat(fragments).isEmpty();
        write(Streams.without(units.get(0), 7, 8), 0);
        write(units.get(1), 0);
        assertThat(fragments).hasSize(2);
        assertThat(fragments.get(0).durationTicks()).isEqualTo(1);
        assertThat(packager.undecodableAccessUnits()).isZero();
    }

    @Test
    void otherParameterSetsGiveAnotherInitializationSegmentAtTheNextKeyFrame() {
        List<byte[]> small = Streams.accessUnits("main");
        List<byte[]> large = Streams.accessUnits("cropped");
        write(small.get(0), 0);
        write(Streams.without(large.get(0), 5), 0);
        assertThat(fragments).hasSize(1);
        write(large.get(0), 0);
        assertThat(fragments.get(1).init()).isNotEqualTo(fragments.get(0).init());
        assertThat(fragments.get(1).init().width()).isEqualTo(322);
        write(small.get(0), 0);
        assertThat(fragments.get(2).init()).isEqualTo(fragments.get(0).init());
    }

    @Test
    void aTurnIsSaidAtTheNextKeyFrame() {
        List<byte[]> units = Streams.accessUnits("cropped");
        write(units.get(0), 0);
        packager.rotate(90);
        write(units.get(1), 0);
        assertThat(fragments.get(1).init()).isSameAs(fragments.get(0).init());
        write(units.get(0), 0);
        assertThat(fragments.get(2).init()).isNotEqualTo(fragments.get(0).init());
        assertThat(fragments.get(2).init().width()).isEqualTo(182);
        assertThat(fragments.get(2).init().height()).isEqualTo(322);
        packager.rotate(90);
        write(units.get(0), 0);
        assertThat(fragments.get(3).init()).isSameAs(fragments.get(2).init());
        packager.rotate(0);
        write(units.get(0), 0);
        assertThat(fragments.get(4).init()).isEqualTo(fragments.get(0).init());
    }

    @Test
    void aSetThatChangesForthAndBackBeforeTheKeyFrameIsNoChange() {
        List<byte[]> small = Streams.accessUnits("main");
        write(small.get(0), 0);
        write(Streams.without(Streams.accessUnits("cropped").get(0), 5), 0);
        write(small.get(10), 0);
        assertThat(fragments.get(1).init()).isSameAs(fragments.get(0).init());
    }

    @Test
    void aLostReferenceLeavesOutPicturesUntilTheNextKeyFrame() {
        List<byte[]> units = Streams.accessUnits("main");
        for (int i = 0; i < units.size(); i++) {
            if (i != 4) {
                write(units.get(i), i == 5 ? 1 : 0);
            }
        }
        assertThat(fragments).hasSize(4 + 10);
        assertThat(fragments.get(4).isSync()).isTrue();
        assertThat(packager.undecodableAccessUnits()).isEqualTo(5);
    }

    @Test
    void aLongLossIsNotedEvenInABufferWithoutAPicture() {
        List<byte[]> units = Streams.accessUnits("main");
        write(units.get(0), 0);
        write(Streams.without(units.get(0), 5), 16);
        write(units.get(1), 0);
        assertThat(fragments).hasSize(1);
        for (int i = 10; i < 14; i++) {
            write(units.get(i), 0);
        }
        write(units.get(14), 3);
        assertThat(fragments).hasSize(6);
    }

    @Test
    void restartWaitsForAKeyFrameAndGoesOnWithoutAHole() {
        List<byte[]> units = Streams.accessUnits("main");
        write(units.get(0), 0);
        write(units.get(1), 0);
        packager.restart();
        nowUs = 17;
        write(units.get(2), 0);
        write(units.get(10), 0);
        assertThat(fragments).hasSize(3);
        assertThat(fragments.get(2).isSync()).isTrue();
        assertThat(fragments.get(2).decodeTimeTicks())
                .isEqualTo(fragments.get(1).decodeTimeTicks() + fragments.get(1).durationTicks());
        assertThat(fragments.get(2).durationTicks()).isEqualTo(fragments.get(1).durationTicks());
        assertThat(fragments.get(2).init()).isSameAs(fragments.get(0).init());
    }

    @Test
    void whatIsLeftOfAnOlderPictureBehindANewOneIsDropped() {
        List<byte[]> units = Streams.accessUnits("four-slices");
        var stale = new ByteArrayOutputStream();
        stale.writeBytes(units.get(0));
        stale.writeBytes(Arrays.copyOfRange(units.get(7), units.get(7).length / 3, units.get(7).length));
        write(stale.toByteArray(), 0);
        write(units.get(1), 0);
        assertThat(fragments).hasSize(2);
        assertThat(Streams.nalUnitTypes(fragments.get(0))).containsExactly(5, 5, 5, 5);
        assertThat(packager.malformedNalUnits()).isPositive();
    }

    @Test
    void aPictureThatHasLostItsFirstSliceIsLeftOut() {
        List<byte[]> units = Streams.accessUnits("four-slices");
        write(units.get(0), 0);
        write(withoutFirstSlice(units.get(1)), 0);
        write(units.get(2), 0);
        write(withoutFirstSlice(units.get(10)), 0);
        assertThat(fragments).hasSize(1);
        assertThat(packager.undecodableAccessUnits()).isEqualTo(3);
        write(units.get(10), 0);
        assertThat(fragments).hasSize(2);
    }

    private static byte[] withoutFirstSlice(byte[] unit) {
        byte[] slices = Streams.without(unit, 6, 7, 8);
        var units = new NalUnitReader(ByteBuffer.wrap(slices));
        units.next();
        return Boxes.concat(Streams.without(unit, 1, 5), Arrays.copyOfRange(slices, units.end(), slices.length));
    }

    /** A prefix, a subset SPS, an SPS extension, an auxiliary picture, a slice extension: all for other decoders. */
    @Test
    void whatIsNotOfThePrimaryPictureIsLeftOut() {
        byte[] key = Streams.accessUnits("main").get(0);
        byte[] ahead = Streams.hex("000001 6f 64001fac 000001 6d 8840 000001 6e 400780");
        byte[] behind = Streams.hex("000001 73 88843355 000001 74 40078044 000001 0b");
        write(Boxes.concat(ahead, key, behind), 0);
        assertThat(Streams.nalUnitTypes(fragments.get(0))).containsExactly(5);
        assertThat(fragments.get(0).init())
                .isEqualTo(Streams.pack("main").get(0).init());
        assertThat(packager.malformedNalUnits()).isZero();
    }

    @Test
    void malformedNalUnitsAreDroppedAndCounted() {
        byte[] key = Streams.accessUnits("main").get(0);
        var spoilt = new ByteArrayOutputStream();
        spoilt.writeBytes(
                Streams.hex("000001 e58884 000001 0011 000001 18aa 000001 1fbb 000001 67 000001 68 000001 65"));
        spoilt.writeBytes(key);
        write(spoilt.toByteArray(), 0);
        assertThat(fragments).hasSize(1);
        assertThat(Streams.nalUnitTypes(fragments.get(0))).containsExactly(5);
        assertThat(packager.malformedNalUnits()).isEqualTo(7);
        write(Streams.hex("ffd8ffe0 4a464946"), 0);
        assertThat(packager.malformedNalUnits()).isEqualTo(8);
        write(new byte[0], 0);
        assertThat(packager.malformedNalUnits()).isEqualTo(8);
    }

    @Test
    void equalStreamsGiveEqualInitializationSegments() {
        assertThat(Streams.pack("high").get(0).init())
                .isEqualTo(Streams.pack("high").get(0).init());
    }

    private void write(byte[] unit, int lostBefore) {
        packager.write(Streams.unit(unit, nowUs, lostBefore), fragments::add);
        nowUs += Streams.FRAME_US;
    }
}
