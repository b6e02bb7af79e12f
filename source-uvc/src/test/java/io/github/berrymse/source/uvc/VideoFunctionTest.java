package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Walks USB descriptors, whole and corrupt. */
class VideoFunctionTest {

    @Test
    void formatsAndH264UnitAreFound() {
        VideoFunction encoding = VideoFunction.parse(Descriptors.ofEncodingCamera(), 1, 0);
        assertThat(encoding).hasToString("VideoFunction[formats=[YUYV, MJPG, H264], h264Unit=12, h264Selectors=17665]");
        assertThat(encoding.hasH264()).isTrue();

        VideoFunction muxing = VideoFunction.parse(Descriptors.ofMuxingCamera(), 1, 0);
        assertThat(muxing.formats()).containsExactly("YUYV", "MJPG");
        assertThat(muxing.hasH264()).isFalse();
        assertThat(muxing.mayMuxH264()).isTrue();

        VideoFunction plain = VideoFunction.parse(Descriptors.ofPlainCamera(), 1, 0);
        assertThat(plain.formats()).containsExactly("MJPG", "YUYV");
        assertThat(plain.mayMuxH264()).isFalse();
    }

    @Test
    void otherConfigurationsAndFunctionsOfTheDeviceAreNotMixedIn() {
        byte[] descriptors = new Descriptors()
                .configuration(2)
                .control(0, 1)
                .unit(3, Descriptors.H264_GUID, 1)
                .streaming(1)
                .frameBased("H264")
                .configuration(1)
                .control(0, 1)
                .streaming(1)
                .mjpeg()
                .control(2, 3)
                .unit(5, Descriptors.H264_GUID, 1)
                .streaming(3)
                .frameBased("H264")
                .bytes();

        assertThat(VideoFunction.parse(descriptors, 1, 0))
                .hasToString("VideoFunction[formats=[MJPG], h264Unit=0, h264Selectors=0]");
        assertThat(VideoFunction.parse(descriptors, 1, 2))
                .hasToString("VideoFunction[formats=[H264], h264Unit=5, h264Selectors=1]");
        assertThat(VideoFunction.parse(descriptors, 2, 0).hasH264()).isTrue();
        assertThat(VideoFunction.parse(descriptors, 3, 0).formats()).isEmpty();
    }

    @Test
    void ofTwoUnitsTheFirstCountsWithItsOwnControls() {
        byte[] descriptors = new Descriptors()
                .configuration(1)
                .control(0, 1)
                .unit(3, Descriptors.H264_GUID, 0x0403)
                .unit(4, Descriptors.H264_GUID, 0x7FFF)
                .bytes();
        VideoFunction function = VideoFunction.parse(descriptors, 1, 0);
        assertThat(function.h264Unit()).isEqualTo(3);
        assertThat(function.h264Selectors()).isEqualTo(0x0403);
    }

    @Test
    void guidThatIsNotInAnExtensionUnitIsNone() {
        byte[] descriptors = new Descriptors()
                .configuration(1)
                .control(0, 1)
                .add("24 03 04" + Descriptors.H264_GUID + "01 01 02 02 ffff 00")
                .add("25 06 04" + Descriptors.H264_GUID + "01 01 02 02 ffff 00")
                .bytes();
        assertThat(VideoFunction.parse(descriptors, 1, 0).h264Unit()).isZero();
    }

    @Test
    void lengthThatIsCorruptEndsTheWalkAndKeepsWhatWasRead() {
        byte[] zeroLength = new Descriptors()
                .configuration(1)
                .control(0, 1)
                .streaming(1)
                .mjpeg()
                .raw("0024")
                .frameBased("H264")
                .bytes();
        assertThat(VideoFunction.parse(zeroLength, 1, 0).formats()).containsExactly("MJPG");
        byte[] beyondTheEnd = new Descriptors()
                .configuration(1)
                .control(0, 1)
                .streaming(1)
                .mjpeg()
                .raw("ff24100101")
                .bytes();
        assertThat(VideoFunction.parse(beyondTheEnd, 1, 0).formats()).containsExactly("MJPG");
    }

    @Test
    void unitWhosePinsOrControlsReachBeyondItIsPassedOver() {
        byte[] manyPins = new Descriptors()
                .configuration(1)
                .control(0, 1)
                .add("24 06 03" + Descriptors.H264_GUID + "0f ff 02 02 ff7f 00")
                .add("24 06 04" + Descriptors.H264_GUID + "0f 01 02 40 ff7f 00")
                .unit(5, Descriptors.H264_GUID, 1)
                .bytes();
        assertThat(VideoFunction.parse(manyPins, 1, 0).h264Unit()).isEqualTo(5);
    }

    @Test
    void anyCutAndAnyDamageIsSurvived() {
        byte[] whole = Descriptors.ofEncodingCamera();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatCode(() -> VideoFunction.parse(cut, 1, 0)).doesNotThrowAnyException();
        }
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> VideoFunction.parse(damaged, 1, 0)).doesNotThrowAnyException();
        }
    }
}
