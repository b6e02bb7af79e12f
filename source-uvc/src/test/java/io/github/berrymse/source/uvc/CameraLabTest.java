package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.CameraLab;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads emulated webcams behind the kernel's uvcvideo driver, in the camera lab's virtual machine: one guest plays all
 * {@link LabScenes}, and each test looks at what was said in one, by the program and by the camera's own log. Runs with
 * {@code -Dcamera.lab=true} after {@code camera-lab/setup}; takes two minutes where the guest is emulated.
 */
class CameraLabTest {

    private static final CameraLab LAB =
            new CameraLab("java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", LabScenes.class.getName());
    private static final String CAMERA = "Camera Lab UVC H.264 (1209:0001)";
    private static final String OTHERS =
            ", no H.264: use a webcam that encodes H.264 itself, such as Logitech's C920 (046d:082d), C922 of before 2020,"
                    + " C925e or C930e, or the Raspberry Pi's camera";

    @BeforeAll
    static void needsTheVirtualMachine() {
        CameraLab.assumeIsThere();
    }

    @Test
    void encoderIsResetProbedAndCommittedWithAllThatWasAskedAndStreamsSo() {
        assertThat(scene("native"))
                .contains(
                        "suits 200: " + CAMERA + " is there",
                        "opened CaptureFormat[device=/dev/video0, description=" + CAMERA + ", width=1280, height=720,"
                                + " framesPerSecond=15.0, bitrateBps=1500000, rotationDegrees=0, more={profile=main,"
                                + " keyFrameIntervalFrames=30, brightness=20, h264_minimum_qp_value=18}, remark=]",
                        "read 45 units, without start code 0");
        String all =
                "\"dwFrameInterval\": 666666, \"dwBitRate\": 1500000, \"bmHints\": 43039, \"wConfigurationIndex\": 0,"
                        + " \"wWidth\": 1280, \"wHeight\": 720, \"wSliceUnits\": 0, \"wSliceMode\": 0, \"wProfile\": 19712,"
                        + " \"wIFramePeriod\": 2000,";
        assertThat(log("native").subList(0, 5))
                .satisfiesExactly(
                        line -> assertThat(line).contains("UVCX_ENCODER_RESET"),
                        line -> assertThat(line)
                                .contains("UVCX_VIDEO_CONFIG_PROBE", all, "\"bUsageType\": 1, \"bRateControlMode\": 1")
                                .doesNotContain("applied"),
                        line -> assertThat(line)
                                .contains("UVCX_VIDEO_CONFIG_COMMIT", all)
                                .doesNotContain("applied"),
                        line -> assertThat(line).contains("UVCX_QP_STEPS_LAYERS", "\"bMinQp\": 18, \"bMaxQp\": 51"),
                        line -> assertThat(line)
                                .contains("stream_on", "\"width\": 1280, \"height\": 720, \"fps\": 15.0")
                                .contains("\"bit_rate\": 1500000, \"iframe_period\": 2000, \"committed\": true"));
    }

    @Test
    void keyFrameComesOnRequest() {
        assertThat(scene("native")).containsSubsequence("key frame true", "key frame came true");
        assertThat(log("native").subList(5, 7))
                .satisfiesExactly(
                        line -> assertThat(line).contains("UVCX_PICTURE_TYPE_CONTROL", "\"wPicType\": 2"),
                        line -> assertThat(line).contains("key_frame"));
    }

    @Test
    void bitRateAndControlsChangeWhileItStreamsAndRefusalsAreSaid() {
        assertThat(scene("native"))
                .containsSubsequence(
                        "applied true, ",
                        "read 45 units, without start code 0",
                        "applied true, bit rate 12000000 instead of 50000000 bit/s",
                        "applied false, bit rate 12000000 instead of 500000 bit/s",
                        "key frame false")
                .as("so are another key frame interval and another size for a camera that is opened anew")
                .endsWith("applied false", "applied false");
        assertThat(log("native").subList(7, 10))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .as("not named any more: back to what it was")
                                .contains("UVCX_QP_STEPS_LAYERS", "\"bMinQp\": 10, \"bMaxQp\": 51"),
                        line -> assertThat(line)
                                .contains("UVCX_BITRATE_LAYERS")
                                .contains("\"dwPeakBitrate\": 500000, \"dwAverageBitrate\": 500000"),
                        line -> assertThat(line).contains("\"dwAverageBitrate\": 12000000"));
    }

    @Test
    void cameraThatRefusesEverythingStreamsWithItsOwnSettings() {
        assertThat(scene("refused"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("opened ")
                        .contains("width=640, height=480")
                        .contains("remark=640x480 instead of 700x500; its encoder keeps its own settings, as it refuses"
                                + " others (SET_CUR of selector 1 /dev/video0: EBUSY)]"))
                .contains("read 15 units, without start code 0");
    }

    @Test
    void cameraThatReturnsInAnotherPortUnderAnotherNumberIsFoundAndSetUpAgain() {
        assertThat(scene("replugged"))
                .containsSubsequence(
                        "failed: " + CAMERA + " is unplugged: connect it again",
                        "failed: " + CAMERA + " is unplugged: connect it again",
                        "suits 200",
                        "told of it true",
                        "opened elsewhere true",
                        "read 15 units, without start code 0")
                .containsSubsequence("opened by a link in by-id", "read 5 units, without start code 0");
        assertThat(log("replugged"))
                .extracting(line -> line.replaceAll(".*(ENCODER_RESET|PROBE|COMMIT|stream_on).*", "$1"))
                .containsExactly("ENCODER_RESET", "PROBE", "COMMIT", "stream_on");
    }

    @Test
    void cableThatIsPulledAtAnyMomentEndsInASentenceAndLeaksNothing() {
        for (String moment : LabScenes.MOMENTS) {
            int at = scene("pulled out").indexOf("at " + moment + " left open 0, left mapped 0");
            assertThat(at).as(moment).isPositive();
            assertThat(scene("pulled out").get(at - 1))
                    .as(moment)
                    .matches(
                            "failed: .* (is unplugged|was unplugged|does not answer|its camera is not|is not there).*");
        }
        assertThat(scene("pulled out")).endsWith("read 5 units, without start code 0", "formats: ENODEV");
    }

    @Test
    void cableThatIsPulledWhileTheEncoderIsAskedEndsInASentenceToo() {
        assertThat(scene("pulled out"))
                .containsSubsequence(
                        "key frame false",
                        "applied false",
                        "failed: " + CAMERA + " is unplugged: connect it again",
                        "at a live request left open 0, left mapped 0");
    }

    @Test
    void h264IsTakenOutOfMjpegAndItsEncoderSetAndSteered() {
        assertThat(scene("muxed"))
                .contains(
                        "opened CaptureFormat[device=/dev/video0, description=Camera Lab UVC H.264 muxed (1209:0001),"
                                + " width=1280, height=720, framesPerSecond=15.0, bitrateBps=1500000, rotationDegrees=0,"
                                + " more={profile=constrained-baseline, keyFrameIntervalFrames=15},"
                                + " remark=key frame interval 15 instead of 10 frames]",
                        "read 45 units, without start code 0",
                        "key frame came true",
                        "applied true, 500000 bit/s");
        assertThat(log("muxed"))
                .anySatisfy(line -> assertThat(line).contains("UVCX_VIDEO_CONFIG_COMMIT", "\"bStreamMuxOption\": 3"))
                .anySatisfy(line -> assertThat(line)
                        .contains("stream_on", "\"format\": \"mjpeg\", \"width\": 640, \"height\": 480")
                        .contains("\"muxed\": {\"width\": 1280, \"height\": 720"));
    }

    @Test
    void cameraWithoutTheUnitStreamsAndSaysWhatItCannot() {
        assertThat(scene("--no-xu"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("opened ")
                        .endsWith(
                                "remark=it has no H.264 extension unit, and keeps its own bit rate, key frame interval"
                                        + " and profile]"))
                .contains("read 15 units, without start code 0", "key frame false", "applied true");
    }

    @Test
    void cameraThatEncodesNothingSaysWhatItGivesAndWhichDo() {
        assertThat(scene("--mjpeg-only"))
                .contains("failed: /dev/video0 is Camera Lab UVC MJPEG (1209:0001) and gives MJPG" + OTHERS);
    }

    private static List<String> scene(String name) {
        return LAB.scene(name);
    }

    private static List<String> log(String name) {
        return scene(name).stream().filter(line -> line.startsWith("log ")).toList();
    }
}
