package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams in pieces of every size, idle inputs, and units that never end. */
class AccessUnitSplitterTest {

    @ParameterizedTest
    @CsvSource({
        "baseline, 30",
        "main, 20",
        "three-byte-start-codes, 20",
        "four-slices, 12",
        "aud-sei-filler, 20",
        "interlaced, 10",
        "full-hd, 2",
    })
    void findsEveryPictureHoweverTheBytesArrive(String stream, int pictures) {
        ByteBuffer bytes = Streams.read(stream);
        for (int chunk : new int[] {1, 2, 3, 5, 64, 1000, 4096, bytes.limit()}) {
            List<byte[]> units = Streams.accessUnits(bytes, chunk, true);
            assertThat(units).hasSize(pictures);
            assertThat(joined(units)).isEqualByComparingTo(bytes);
        }
    }

    @Test
    void saysWhereInTheStreamAUnitIs() {
        ByteBuffer bytes = Streams.read("four-slices");
        var positions = new ArrayList<Long>();
        var splitters = new AccessUnitSplitter[1];
        var splitter = new AccessUnitSplitter(unit -> positions.add(splitters[0].unitPosition()));
        splitters[0] = splitter;
        splitter.append(Streams.hex("ff aa bb"));
        for (int i = 0; i < 20; i++) {
            splitter.append(bytes.duplicate());
        }
        splitter.flush();
        assertThat(positions).hasSize(20 * 12).first().isEqualTo(3L);
        assertThat(positions.get(19 * 12)).isEqualTo(3L + 19 * bytes.limit());
    }

    @Test
    void keepsTheLastPictureUntilTheInputIsIdle() {
        ByteBuffer bytes = Streams.read("main");
        assertThat(Streams.accessUnits(bytes, 4096, false)).hasSize(19);
    }

    @Test
    void flushHandsOutAPictureBeforeTheNextBegins() {
        var units = new ArrayList<Integer>();
        var splitter = new AccessUnitSplitter(unit -> units.add(unit.remaining()));
        List<byte[]> pictures = Streams.accessUnits(Streams.read("four-slices"), 4096, true);
        for (int i = 0; i < pictures.size(); i++) {
            splitter.append(ByteBuffer.wrap(pictures.get(i)));
            splitter.flush();
            assertThat(units).hasSize(i + 1);
            assertThat(units.get(i)).isEqualTo(pictures.get(i).length);
        }
        assertThat(splitter.tornUnits()).isZero();
        assertThat(splitter.isPending()).isFalse();
    }

    @Test
    void flushDoesNothingWithoutAPicture() {
        var units = new ArrayList<ByteBuffer>();
        var splitter = new AccessUnitSplitter(units::add);
        splitter.flush();
        splitter.append(Streams.hex("00000001 0910 00000001 6764001fac 00000001"));
        splitter.flush();
        assertThat(units).isEmpty();
        assertThat(splitter.isPending()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aStartCodeMayStraddleAFlush(int cut) {
        byte[] unit = Streams.accessUnits(Streams.read("main"), 4096, true).get(0);
        var sizes = new ArrayList<Integer>();
        var splitter = new AccessUnitSplitter(u -> sizes.add(u.remaining()));
        splitter.append(ByteBuffer.wrap(unit));
        splitter.append(ByteBuffer.wrap(unit, 0, cut));
        splitter.flush();
        splitter.append(ByteBuffer.wrap(unit, cut, unit.length - cut));
        splitter.flush();
        assertThat(sizes).containsExactly(unit.length, unit.length);
        assertThat(splitter.tornUnits()).isZero();
    }

    @Test
    void countsAPictureThatWasFlushedTooEarlyAndGoesOnWithTheNext() {
        List<byte[]> pictures = Streams.accessUnits(Streams.read("four-slices"), 4096, true);
        var sizes = new ArrayList<Integer>();
        var splitter = new AccessUnitSplitter(u -> sizes.add(u.remaining()));
        byte[] first = pictures.get(0);
        splitter.append(ByteBuffer.wrap(first, 0, first.length - 700));
        splitter.flush();
        splitter.append(ByteBuffer.wrap(first, first.length - 700, 700));
        splitter.append(ByteBuffer.wrap(pictures.get(1)));
        splitter.flush();
        assertThat(sizes).containsExactly(first.length - 700, pictures.get(1).length);
        assertThat(splitter.tornUnits()).isEqualTo(1);
    }

    /** Filler data, the end of a sequence, an auxiliary picture: none is part of the primary picture. */
    @ParameterizedTest
    @ValueSource(strings = {"0c ffffff80", "0a", "13 88841234"})
    void whatMayFollowAPictureDoesNotTearIt(String follower) {
        List<byte[]> pictures = Streams.accessUnits(Streams.read("main"), 4096, true);
        var sizes = new ArrayList<Integer>();
        var splitter = new AccessUnitSplitter(u -> sizes.add(u.remaining()));
        splitter.append(ByteBuffer.wrap(pictures.get(0)));
        splitter.flush();
        splitter.append(Streams.hex("000001" + follower));
        splitter.flush();
        splitter.append(ByteBuffer.wrap(pictures.get(1)));
        splitter.append(Streams.hex("000001 0cff"));
        splitter.flush();
        splitter.append(Streams.hex("ffff80"));
        splitter.append(ByteBuffer.wrap(pictures.get(2)));
        splitter.flush();
        assertThat(sizes).hasSize(3);
        assertThat(splitter.tornUnits()).isZero();
    }

    @Test
    void aPictureWhoseSecondSliceComesAfterAFlushIsTorn() {
        byte[] picture =
                Streams.accessUnits(Streams.read("four-slices"), 4096, true).get(1);
        var slices = new NalUnitReader(ByteBuffer.wrap(picture));
        slices.next();
        int firstEnd = slices.end();
        var splitter = new AccessUnitSplitter(u -> {});
        splitter.append(ByteBuffer.wrap(picture, 0, firstEnd));
        splitter.flush();
        splitter.append(Streams.hex("000001 0cffff80"));
        assertThat(splitter.tornUnits()).isZero();
        splitter.append(ByteBuffer.wrap(picture, firstEnd, picture.length - firstEnd));
        assertThat(splitter.tornUnits()).isEqualTo(1);
    }

    @Test
    void beginsWithTheFirstWholePicture() {
        ByteBuffer bytes = Streams.read("four-slices");
        byte[] first = Streams.accessUnits(bytes, 4096, true).get(0);
        List<byte[]> units =
                Streams.accessUnits(bytes.slice(first.length / 2, bytes.limit() - first.length / 2), 99, true);
        assertThat(units).hasSize(11);
    }

    @Test
    void dropsAUnitThatIsTooBigAndFindsTheNext() {
        var sizes = new ArrayList<Integer>();
        var splitter = new AccessUnitSplitter(u -> sizes.add(u.remaining()));
        byte[] unit = Streams.accessUnits(Streams.read("main"), 4096, true).get(0);
        splitter.append(ByteBuffer.wrap(unit));
        byte[] endless = new byte[AccessUnitSplitter.MAX_UNIT_BYTES + 1];
        java.util.Arrays.fill(endless, (byte) 0x55);
        splitter.append(ByteBuffer.wrap(endless));
        splitter.append(ByteBuffer.wrap(unit));
        splitter.flush();
        assertThat(sizes).containsExactly(unit.length);
        assertThat(splitter.droppedUnits()).isEqualTo(1);
    }

    /** As scalable encoders write their base layer: a prefix NAL unit (7.3.2.12) ahead of every slice. */
    @Test
    void slicesWithAPrefixNalUnitEachStayTogether() {
        var bytes = new ByteArrayOutputStream();
        ByteBuffer original = Streams.read("four-slices");
        var units = new NalUnitReader(original);
        while (units.next()) {
            if (NalUnitType.isVcl(units.type())) {
                bytes.writeBytes(Streams.hex("000001 6e 400780").array());
            }
            bytes.writeBytes(new byte[] {0, 0, 1});
            bytes.write(original.array(), units.start(), units.size());
        }
        ByteBuffer stream = ByteBuffer.wrap(bytes.toByteArray());
        for (int chunk : new int[] {1, 7, stream.limit()}) {
            assertThat(Streams.accessUnits(stream, chunk, true))
                    .extracting(unit -> slices(ByteBuffer.wrap(unit)))
                    .hasSize(12)
                    .containsOnly(4L);
        }
    }

    @Test
    void colourPlanesOfOnePictureStayTogether() {
        ByteBuffer sps = SeparatePlanes.sps();
        var bytes = new ByteArrayOutputStream();
        for (int picture = 0; picture < 3; picture++) {
            if (picture == 0) {
                SeparatePlanes.put(bytes, sps.array());
            }
            for (int plane = 0; plane < 3; plane++) {
                SeparatePlanes.put(bytes, SeparatePlanes.slice(plane, picture));
            }
        }
        ByteBuffer stream = ByteBuffer.wrap(bytes.toByteArray());
        for (int chunk : new int[] {1, 7, stream.limit()}) {
            assertThat(Streams.accessUnits(stream, chunk, true)).hasSize(3);
        }
    }

    private static long slices(ByteBuffer unit) {
        return Streams.types(unit).stream().filter(NalUnitType::isVcl).count();
    }

    private static ByteBuffer joined(List<byte[]> units) {
        var all = new ByteArrayOutputStream();
        units.forEach(all::writeBytes);
        return ByteBuffer.wrap(all.toByteArray());
    }

    /** Byte streams with separate_colour_plane_flag, which x264 cannot make. */
    private static final class SeparatePlanes {
        private static ByteBuffer sps() {
            var out = new BitWriter();
            out.u(8, 0x67);
            out.u(8, 244);
            out.u(8, 0);
            out.u(8, 30);
            out.ue(0);
            out.ue(3); // chroma_format_idc
            out.flag(true); // separate_colour_plane_flag
            out.ue(0);
            out.ue(0);
            out.u(2, 0);
            out.ue(0); // log2_max_frame_num_minus4
            out.ue(2); // pic_order_cnt_type
            out.ue(1);
            out.flag(false);
            out.ue(3);
            out.ue(2);
            out.u(4, 12);
            return ByteBuffer.wrap(out.toNalUnit());
        }

        private static byte[] slice(int plane, int frameNum) {
            var out = new BitWriter();
            out.u(8, frameNum == 0 ? 0x65 : 0x41);
            out.ue(0); // first_mb_in_slice
            out.ue(5);
            out.ue(0);
            out.u(2, plane);
            out.u(4, frameNum);
            for (int i = 0; i < 20; i++) {
                out.u(8, 0x5a);
            }
            return out.toNalUnit();
        }

        private static void put(ByteArrayOutputStream to, byte[] unit) {
            to.writeBytes(new byte[] {0, 0, 1});
            to.writeBytes(unit);
        }
    }
}
