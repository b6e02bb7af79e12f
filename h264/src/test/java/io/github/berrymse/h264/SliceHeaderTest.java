package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Picture boundaries and frame numbers of streams by x264, and hand-made headers. */
class SliceHeaderTest {

    @Test
    void frameNumbersCountFromEachIdrPicture() {
        List<SliceHeader> headers = Streams.sliceHeaders(Streams.read("main"));
        assertThat(headers).hasSize(20);
        assertThat(headers)
                .extracting(SliceHeader::frameNum)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(headers).filteredOn(SliceHeader::isIdr).hasSize(2);
        assertThat(headers.get(0).idrPicId()).isNotEqualTo(headers.get(10).idrPicId());
        assertThat(headers).allMatch(h -> h.firstMb() == 0 && h.isReference() && !h.isB());
    }

    @Test
    void slicesOfOnePictureAreOfOneFrame() {
        List<SliceHeader> headers = Streams.sliceHeaders(Streams.read("four-slices"));
        assertThat(headers).hasSize(48);
        for (int i = 1; i < headers.size(); i++) {
            assertThat(headers.get(i - 1).isSameFrame(headers.get(i))).isEqualTo(i % 4 != 0);
        }
    }

    @Test
    void seesBPictures() {
        assertThat(Streams.sliceHeaders(Streams.read("b-pictures"))).anyMatch(SliceHeader::isB);
    }

    @Test
    void readsInterlacedHeaders() {
        assertThat(Streams.sliceHeaders(Streams.read("interlaced")))
                .extracting(SliceHeader::frameNum)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theTwoFieldsOfAFrameAreOfOneFrame() {
        var top = new SliceHeader(true, true, 0, 7, 0, 0, 0, true, false, 5, 0);
        var bottom = new SliceHeader(false, true, 0, 5, 0, 0, 0, true, true, 0, 1);
        var next = new SliceHeader(false, true, 0, 5, 0, 0, 1, true, false, 0, 2);
        assertThat(top.isSameFrame(bottom)).isTrue();
        assertThat(bottom.isSameFrame(next)).isFalse();
    }

    @Test
    void withoutItsSequenceParameterSetTheFrameNumberIsUnknown() {
        ByteBuffer slice = Streams.hex("65 88 84 00 33 ff");
        SliceHeader header =
                SliceHeader.parse(slice, 0, slice.limit(), id -> null).orElseThrow();
        assertThat(header.isIdr()).isTrue();
        assertThat(header.firstMb()).isZero();
        assertThat(header.frameNum()).isEqualTo(SliceHeader.UNKNOWN);
    }

    @Test
    void refusesAHeaderThatIsCutOff() {
        SequenceParameterSet sps = Streams.sps(Streams.read("main"));
        assertThat(SliceHeader.parse(Streams.hex("65"), 0, 1, id -> sps)).isEmpty();
        assertThat(SliceHeader.parse(Streams.hex("6588"), 0, 2, id -> sps)).isEmpty();
    }
}
