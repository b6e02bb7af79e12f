package io.github.berrymse.codec.fmp4;

import static io.github.berrymse.codec.fmp4.Boxes.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Fragment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameter sets that come again, change or are missing: no picture goes out that its avcC does not decode. */
class ParameterSetsTest {
    private final Fmp4Packager packager = new Fmp4Packager();
    private final List<Fragment> fragments = new ArrayList<>();
    private final List<byte[]> main = Streams.accessUnits("main");
    private final byte[] sps = Streams.without(main.get(0), 5, 6, 8);
    private final byte[] pps = Streams.without(main.get(0), 5, 6, 7);
    private final byte[] otherPps =
            Streams.without(Streams.accessUnits("baseline").get(0), 5, 6, 7);

    @Test
    void nothingIsLostWhereTheSameSetsComeAheadOfEveryPicture() {
        for (byte[] unit : main) {
            write(concat(sps, pps, pps, unit));
        }
        assertThat(fragments).hasSize(20);
        assertThat(packager.undecodableAccessUnits()).isZero();
        assertThat(fragments)
                .allMatch(fragment -> fragment.init() == fragments.get(0).init());
    }

    @Test
    void setsOfAnotherImportanceAreTheSame() {
        byte[] lessImportant = concat(sps, pps);
        lessImportant[4] = 0x27;
        lessImportant[sps.length + 4] = 0x28;
        for (byte[] unit : main) {
            write(concat(lessImportant, unit));
        }
        assertThat(fragments).hasSize(20);
        assertThat(fragments)
                .allMatch(fragment -> fragment.init() == fragments.get(0).init());
    }

    @Test
    void aPictureWhosePictureParameterSetChangedWaitsForTheNextKeyFrame() {
        for (int i = 0; i < main.size(); i++) {
            write(i == 3 ? concat(otherPps, main.get(i)) : main.get(i));
        }
        assertThat(fragments).hasSize(3 + 10);
        assertThat(fragments.get(3).isSync()).isTrue();
        assertThat(packager.undecodableAccessUnits()).isEqualTo(7);
    }

    @Test
    void aPictureWhoseSequenceParameterSetChangedWaitsForTheNextKeyFrame() {
        write(main.get(0));
        write(concat(Streams.without(Streams.accessUnits("aspect-ratio").get(0), 5, 6, 8), main.get(1)));
        write(main.get(2));
        assertThat(fragments).hasSize(1);
        write(main.get(10));
        assertThat(fragments.get(1).init()).isSameAs(fragments.get(0).init());
    }

    @Test
    void aSetThatChangesForthAndBackIsInForceAgain() {
        write(main.get(0));
        write(concat(otherPps, pps, main.get(1)));
        assertThat(fragments).hasSize(2);
    }

    @Test
    void aPictureOfAnUnknownSetIsLeftOut() {
        write(main.get(0));
        write(Bits.withPpsId(main.get(1), 0, 1));
        write(main.get(2));
        assertThat(fragments).hasSize(1);
        assertThat(packager.undecodableAccessUnits()).isEqualTo(2);
    }

    @Test
    void everySliceNeedsItsSet() {
        List<byte[]> slices = Streams.accessUnits("four-slices");
        write(slices.get(0));
        write(Bits.withPpsId(slices.get(1), 2, 1));
        assertThat(fragments).hasSize(1);
        write(concat(Bits.withPpsId(Streams.without(slices.get(0), 5, 6, 7), 0, 1), slices.get(10)));
        write(Bits.withPpsId(slices.get(11), 2, 1));
        assertThat(fragments).hasSize(3);
        write(Bits.withPpsId(Streams.without(slices.get(0), 7, 8), 2, 200));
        assertThat(fragments).hasSize(3);
    }

    @Test
    void aNewSetIsInForceFromTheNextKeyFrameOn() {
        write(main.get(0));
        write(Bits.withPpsId(pps, 0, 1));
        write(main.get(1));
        write(Bits.withPpsId(main.get(2), 0, 1));
        assertThat(fragments).hasSize(2);
        write(main.get(10));
        write(Bits.withPpsId(main.get(11), 0, 1));
        assertThat(fragments).hasSize(4);
        assertThat(fragments.get(2).init()).isNotEqualTo(fragments.get(0).init());
    }

    @Test
    void aPictureOfDataPartitionsWithoutAHeaderIsLeftOut() {
        write(main.get(0));
        write(Streams.hex("000001 43 b84422 000001 44 b84422"));
        assertThat(fragments).hasSize(1);
        assertThat(packager.undecodableAccessUnits()).isEqualTo(1);
    }

    /** avcC counts picture parameter sets in 8 bits: of 256 it holds the first 255. */
    @Test
    void aPictureOfASetThatAvcCDoesNotHoldIsLeftOut() {
        byte[] all = sps;
        for (int id = 0; id < 256; id++) {
            all = concat(all, Bits.withPpsId(pps, 0, id));
        }
        write(concat(all, Streams.without(main.get(0), 7, 8)));
        write(Bits.withPpsId(main.get(1), 0, 254));
        assertThat(fragments).hasSize(2);
        write(Bits.withPpsId(main.get(2), 0, 255));
        assertThat(fragments).hasSize(2);
        assertThat(packager.malformedNalUnits()).isZero();
    }

    @Test
    void setsThatAvcCCannotHoldAreMalformed() {
        byte[] tooLong = java.util.Arrays.copyOf(pps, 4 + 0x10000);
        java.util.Arrays.fill(tooLong, pps.length, tooLong.length, (byte) 0x55);
        write(concat(main.get(0), tooLong, Bits.withPpsId(pps, 0, 256)));
        write(main.get(1));
        assertThat(fragments).hasSize(2);
        assertThat(packager.malformedNalUnits()).isEqualTo(2);
    }

    @Test
    void theSetsOfAnotherCameraAreForgotten() {
        write(concat(sps, pps, Bits.withPpsId(pps, 0, 1), main.get(0)));
        packager.restart();
        write(main.get(10));
        assertThat(fragments.get(1).init())
                .isEqualTo(Streams.pack("main").get(0).init())
                .isNotEqualTo(fragments.get(0).init());
    }

    /** As a program that writes its sets once does, when the pipe is opened anew for other settings. */
    @Test
    void aWriterThatGoesOnNeedNotRepeatItsSets() {
        write(main.get(0));
        packager.restart();
        write(main.get(9));
        write(Streams.without(main.get(10), 7, 8));
        write(main.get(11));
        assertThat(fragments).hasSize(3);
        assertThat(fragments.get(1).init()).isSameAs(fragments.get(0).init());
    }

    private void write(byte[] unit) {
        packager.write(Streams.unit(unit, 1_000_000 + fragments.size() * Streams.FRAME_US, 0), fragments::add);
    }
}
