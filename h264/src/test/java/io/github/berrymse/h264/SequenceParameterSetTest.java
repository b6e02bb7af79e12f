package io.github.berrymse.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets by x264 (src/test/streams) and hand-made ones; the expected figures are ffprobe's. */
class SequenceParameterSetTest {

    @ParameterizedTest
    @CsvSource({
        "baseline,               66,   64,   48, 1,  8, 30,    true",
        "main,                   77,   64,   48, 1,  8, 25,    true",
        "high,                  100,   64,   48, 1,  8, 29.97, true",
        "high-scaling-lists,    100,   64,   48, 1,  8, 30,    true",
        "monochrome,            100,   64,   48, 0,  8, 30,    true",
        "high10,                110,   64,   48, 1, 10, 30,    true",
        "high422,               122,   64,   48, 2,  8, 30,    true",
        "high444,               244,   64,   48, 3,  8, 30,    true",
        "four-slices,           100,  320,  240, 1,  8, 30,    true",
        "aud-sei-filler,        100,   64,   48, 1,  8, 30,    true",
        "interlaced,            100,  320,  240, 1,  8, 25,    false",
        "cropped,               100,  322,  182, 1,  8, 30,    true",
        "cropped-422,           122,  322,  182, 2,  8, 30,    true",
        "full-hd,               100, 1920, 1080, 1,  8, 30,    true",
        "aspect-ratio,           77,   64,   48, 1,  8, 15,    true",
    })
    void readsWhatTheEncoderWrote(
            String stream,
            int profileIdc,
            int width,
            int height,
            int chromaFormatIdc,
            int bitDepth,
            double framesPerSecond,
            boolean isFrameMbsOnly) {
        SequenceParameterSet sps = Streams.sps(Streams.read(stream));
        assertThat(sps.profileIdc()).isEqualTo(profileIdc);
        assertThat(sps.width()).isEqualTo(width);
        assertThat(sps.height()).isEqualTo(height);
        assertThat(sps.chromaFormatIdc()).isEqualTo(chromaFormatIdc);
        assertThat(sps.bitDepthLuma()).isEqualTo(bitDepth);
        assertThat(sps.bitDepthChroma()).isEqualTo(bitDepth);
        assertThat(sps.vui().framesPerSecond()).isCloseTo(framesPerSecond, within(0.001));
        assertThat(sps.isFrameMbsOnly()).isEqualTo(isFrameMbsOnly);
        assertThat(sps.maxNumRefFrames()).isEqualTo(1);
        assertThat(sps.vui().hasBitstreamRestriction()).isTrue();
        assertThat(sps.vui().maxNumReorderFrames()).isZero();
    }

    @Test
    void readsTheSampleAspectRatio() {
        Vui vui = Streams.sps(Streams.read("aspect-ratio")).vui();
        assertThat(vui.sarWidth()).isEqualTo(16);
        assertThat(vui.sarHeight()).isEqualTo(11);
    }

    @Test
    void readsThatPicturesAreReordered() {
        assertThat(Streams.sps(Streams.read("b-pictures")).vui().maxNumReorderFrames())
                .isPositive();
    }

    @Test
    void readsTheSetOfTheRaspberryPiEncoder() {
        SequenceParameterSet sps = Streams.sps(Streams.hex("00000001 27640028ac2b402802dd00f1226a"));
        assertThat(sps.profileIdc()).isEqualTo(100);
        assertThat(sps.levelIdc()).isEqualTo(40);
        assertThat(sps.width()).isEqualTo(1280);
        assertThat(sps.height()).isEqualTo(720);
        assertThat(sps.picOrderCntType()).isEqualTo(2);
        assertThat(sps.vui().hasBitstreamRestriction()).isTrue();
    }

    @Test
    void readsPastThePictureOrderCycleOfType1() {
        var out = begin(66);
        out.ue(3); // log2_max_frame_num_minus4
        out.ue(1); // pic_order_cnt_type
        out.flag(false);
        out.ue(4); // offset_for_non_ref_pic
        out.ue(5);
        out.ue(2); // num_ref_frames_in_pic_order_cnt_cycle
        out.ue(7);
        out.ue(8);
        end(out, 4, 3);
        SequenceParameterSet sps = parse(out.toNalUnit());
        assertThat(sps.log2MaxFrameNum()).isEqualTo(7);
        assertThat(sps.width()).isEqualTo(64);
        assertThat(sps.height()).isEqualTo(48);
        assertThat(sps.hasVui()).isFalse();
        assertThat(sps.vui().framesPerSecond()).isZero();
    }

    /** x264 puts its lists into the picture parameter set, cameras may not. */
    @ParameterizedTest
    @CsvSource({"1, 8", "3, 12"})
    void readsPastScalingLists(int chromaFormatIdc, int lists) {
        var out = begin(chromaFormatIdc == 3 ? 244 : 100);
        out.ue(chromaFormatIdc);
        if (chromaFormatIdc == 3) {
            out.flag(false);
        }
        out.ue(0);
        out.ue(0);
        out.u(2, 1); // seq_scaling_matrix_present_flag
        for (int list = 0; list < lists; list++) {
            out.flag(list != 1);
            int size = list < 6 ? 16 : 64;
            for (int i = 0; i < size && list > 1; i++) {
                out.ue(i % 2 == 0 ? 3 : 4); // delta_scale 2 and -2
            }
            if (list == 0) {
                out.ue(16); // delta_scale -8: the default list, and no more of it
            }
        }
        out.ue(0);
        out.ue(2);
        end(out, 5, 3);
        SequenceParameterSet sps = parse(out.toNalUnit());
        assertThat(sps.width()).isEqualTo(80);
        assertThat(sps.height()).isEqualTo(48);
        assertThat(sps.picOrderCntType()).isEqualTo(2);
    }

    @Test
    void knowsSeparateColourPlanes() {
        var out = begin(244);
        out.ue(3); // chroma_format_idc
        out.flag(true); // separate_colour_plane_flag
        out.ue(0);
        out.ue(0);
        out.u(2, 0);
        out.ue(0);
        out.ue(2);
        end(out, 4, 3);
        assertThat(parse(out.toNalUnit()).hasSeparateColourPlanes()).isTrue();
    }

    @Test
    void refusesASetThatIsCutOffAndForgivesABrokenVui() {
        ByteBuffer stream = Streams.read("high-scaling-lists");
        NalUnit whole = Streams.sps(stream).nalUnit();
        for (int size = 1; size <= 6; size++) {
            assertThat(SequenceParameterSet.parse(whole.bytes(), 0, size)).isEmpty();
        }
        SequenceParameterSet cutInVui =
                SequenceParameterSet.parse(whole.bytes(), 0, whole.size() - 6).orElseThrow();
        assertThat(cutInVui.width()).isEqualTo(64);
        assertThat(cutInVui.vui()).isEqualTo(Vui.ABSENT);
    }

    @Test
    void refusesASizeThatIsCroppedToNothing() {
        var out = begin(66);
        out.ue(0);
        out.ue(2);
        out.ue(1);
        out.flag(false);
        out.ue(3);
        out.ue(2);
        out.u(2, 3);
        out.flag(true); // frame_cropping_flag
        out.ue(16);
        out.ue(16);
        out.ue(0);
        out.ue(0);
        out.flag(false);
        byte[] bytes = out.toNalUnit();
        assertThat(SequenceParameterSet.parse(ByteBuffer.wrap(bytes), 0, bytes.length))
                .isEmpty();
    }

    private static BitWriter begin(int profileIdc) {
        var out = new BitWriter();
        out.u(8, 0x67);
        out.u(8, profileIdc);
        out.u(8, 0);
        out.u(8, 30);
        out.ue(0);
        return out;
    }

    private static void end(BitWriter out, int widthInMbs, int heightInMbs) {
        out.ue(1); // max_num_ref_frames
        out.flag(false);
        out.ue(widthInMbs - 1);
        out.ue(heightInMbs - 1);
        out.u(2, 3);
        out.flag(false); // frame_cropping_flag
        out.flag(false); // vui_parameters_present_flag
    }

    private static SequenceParameterSet parse(byte[] unit) {
        return SequenceParameterSet.parse(ByteBuffer.wrap(unit), 0, unit.length).orElseThrow();
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
