package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.Capability;
import io.github.berrymse.v4l2.PixelFormat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Judges the answers that device files give. */
class OfferTest {

    private static final int CAPTURE = 0x1;
    private static final int OUTPUT = 0x2;
    private static final int M2M_MPLANE = 0x4000;
    private static final int STREAMING = 0x4000000;

    @Test
    void piCameraWithLegacyDriverIsFit() {
        Offer offer = offer("bm2835 mmal", "mmal service 16.1", CAPTURE | STREAMING, "YU12", "YUYV", "MJPG", "H264");
        assertThat(offer.isFit()).isTrue();
        assertThat(offer.card()).isEqualTo("mmal service 16.1 (driver bm2835 mmal)");
    }

    @Test
    void webcamWithoutH264IsToldWhatItGives() {
        assertThat(offer("uvcvideo", "HD Webcam", CAPTURE | STREAMING, "MJPG", "YUYV")
                        .objection())
                .isEqualTo("/dev/video0 is HD Webcam (driver uvcvideo) and gives MJPG, YUYV, no H.264: "
                        + "use a camera that encodes H.264 itself");
    }

    @Test
    void longListsOfFormatsAreCut() {
        assertThat(offer("vivid", "vivid", CAPTURE | STREAMING, "A", "B", "C", "D", "E", "F", "G")
                        .objection())
                .contains("gives A, B, C, D, E, F and more, no H.264");
    }

    @Test
    void rawSensorAndPipelineStagesOfThePiNameThePipe() {
        Offer sensor = offer("unicam", "unicam", CAPTURE | STREAMING, "pRAA", "RG10");
        Offer sensorOfPi5 = offer("rp1-cfe", "rp1-cfe", CAPTURE | STREAMING, "pRAA");
        Offer encoder = offer("bcm2835-codec", "bcm2835-codec-encode", M2M_MPLANE | STREAMING);
        Offer converter = offer("bcm2835-isp", "bcm2835-isp-capture0", CAPTURE | STREAMING, "YUYV");
        assertThat(List.of(sensor, sensorOfPi5, encoder, converter))
                .allSatisfy(offer -> assertThat(offer.objection()).contains("rpicam-vid", "| berrymse -d -"));
        assertThat(sensor.objection()).contains("a raw sensor without an encoder");
        assertThat(encoder.objection()).contains("not a camera");
    }

    @Test
    void loopbackThatNobodyFeedsSaysSo() {
        assertThat(offer("v4l2 loopback", "mmal service 16.1", OUTPUT | STREAMING)
                        .objection())
                .isEqualTo("/dev/video0 is mmal service 16.1 (driver v4l2 loopback), which nobody feeds: "
                        + "start what feeds it");
    }

    @Test
    void deviceThatCannotCaptureOrMapIsNotFit() {
        assertThat(offer("uvcvideo", "metadata", STREAMING).objection()).contains("captures no video");
        assertThat(offer("old", "old", CAPTURE, "H264").objection()).contains("cannot stream from mapped buffers");
        assertThat(offer("rkvenc", "encoder", M2M_MPLANE | STREAMING).objection())
                .contains("a codec or converter");
        assertThat(offer("hi", "multi", 0x1000 | STREAMING).objection()).contains("into several planes only");
    }

    private static Offer offer(String driver, String card, int flags, String... fourccs) {
        return new Offer(
                "/dev/video0",
                new Capability(driver, card, "platform", flags),
                Arrays.stream(fourccs).map(f -> new PixelFormat(f, f, true)).toList());
    }
}
