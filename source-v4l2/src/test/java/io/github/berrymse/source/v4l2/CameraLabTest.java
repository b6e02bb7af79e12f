package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.CameraLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads real kernel cameras in the camera lab's virtual machine: one guest plays all scenes of {@code camera-lab.sh},
 * and each test looks at what {@link ReadCamera} said in one. Runs with {@code -Dcamera.lab=true} after {@code
 * camera-lab/setup}; takes two minutes where the guest is emulated.
 */
class CameraLabTest {

    private static final CameraLab LAB = new CameraLab(
            "bash", Path.of("src/test/resources/camera-lab.sh").toAbsolutePath().toString());
    private static final String WHOLE = "lost 0, not rising 0, without start code 0";

    @BeforeAll
    static void needsTheVirtualMachine() {
        CameraLab.assumeIsThere();
    }

    @Test
    void saysThatNoCameraIsThere() {
        assertThat(scene("absent")).containsExactly("suits -1: /dev/video0 is not there: connect the camera");
    }

    @Test
    void piCameraIsSetAsAskedAndReadWithoutLoss() {
        assertThat(scene("picam"))
                .contains("suits 100: /dev/video0 is mmal service 16.1 (driver bm2835 mmal)")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("opened ")
                        .contains("width=1280, height=720, framesPerSecond=15.0, bitrateBps=1500000")
                        .contains("more={profile=main, level=4, keyFrameIntervalFrames=30, brightness=60, contrast=0,"
                                + " horizontal_flip=true, power_line_frequency=60 Hz}")
                        .contains(
                                "rotationDegrees=90, more=",
                                ", remark=contrast cannot be 101: it is -100 to 100,"
                                        + " the nearest is 100; it has no control zoom_absolute]"))
                .anySatisfy(line -> assertThat(line).startsWith("read 90 units, " + WHOLE))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("at first it was told: ")
                        .contains(
                                "\"0x980900\": \"60\", \"0x980914\": \"1\", \"0x980918\": \"2\", \"0x980922\": \"90\"",
                                "\"0x9909cf\": \"1500000\", \"0x9909e2\": \"1\", \"0x990a66\": \"30\"",
                                "\"0x990a6b\": \"2\""));
    }

    @Test
    void piCameraIsSetWhileItStreamsWithoutLossAndWithoutBeingOpenedAgain() {
        List<String> lines = scene("picam");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("applied true: ")
                        .contains("framesPerSecond=10.0, bitrateBps=800000")
                        .contains("rotationDegrees=180, more={profile=high, level=4, keyFrameIntervalFrames=15,"
                                + " brightness=70}, remark=bit rate 800000 instead of 810000 bit/s]"))
                .as("another size is for a camera that is opened anew, and changes nothing")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("applied false: ")
                        .contains("width=1280")
                        .contains("bitrateBps=800000"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("at last it was told: ")
                        .contains("\"numerator\": \"1\", \"denominator\": \"10\"")
                        .contains("\"0x980900\": \"70\"", "\"0x980922\": \"180\"")
                        .contains("\"0x9909cf\": \"800000\", \"0x9909e2\": \"1\", \"0x990a66\": \"15\"")
                        .as("flip, power line frequency and profile are the camera's own again, or as at first")
                        .doesNotContain("0x980914", "0x980918", "0x990a6b"));
        assertThat(lines.subList(0, lines.indexOf(only(lines, "applied true"))))
                .filteredOn(line -> line.startsWith("opened "))
                .hasSize(1);
        assertThat(only(lines.subList(lines.indexOf(only(lines, "applied false")), lines.size()), "opened "))
                .contains("width=640, height=480");
    }

    @Test
    void otherSizeAndRateAreDelivered() {
        assertThat(scene("other size and rate"))
                .anySatisfy(line -> assertThat(line)
                        .contains("width=640, height=480, framesPerSecond=10.0")
                        .contains("is more than H.264 level 2 allows, the lowest that fits is 2.2: set h264_level"))
                .anySatisfy(line -> assertThat(line).startsWith("read 30 units, " + WHOLE))
                .anySatisfy(line -> assertThat(line).matches("pace (9|10)\\.\\d a second.*"));
    }

    @Test
    void busyDeviceNamesItsHolderAndIsReadOnceItIsFree() {
        List<String> lines = scene("busy");
        String holder = lines.get(lines.size() - 1).replace("holder was ", "");
        assertThat(lines)
                .contains("failed: /dev/video0 is in use, stop the other program: VIDIOC_S_FMT /dev/video0: EBUSY"
                        + " (held by PID " + holder + ", v4l2-ctl)")
                .anySatisfy(line -> assertThat(line).startsWith("read 30 units"));
    }

    @Test
    void frozenCameraIsSilentAndPlaysOnWhenItThaws() {
        assertThat(scene("freeze and thaw"))
                .containsSubsequence("playing, key frame on request: false", "silent")
                .doesNotContain("stalled")
                .anySatisfy(line -> assertThat(line).startsWith("read 30 units"));
    }

    @Test
    void cameraThatWentAndCameBackIsReadAgain() {
        assertThat(scene("stop and start"))
                .containsSubsequence("silent", "stalled", "failed: /dev/video0 is not there: connect the camera")
                .anySatisfy(line -> assertThat(line).startsWith("read 30 units"));
    }

    @Test
    void keyFrameComesAtOnceOnRequestWhereTheDriverHasTheControl() {
        assertThat(scene("stiff"))
                .contains("playing, key frame on request: true")
                .anySatisfy(line -> assertThat(line).endsWith("\"event\": \"key_frame\"}"));
        assertThat(scene("stiff"))
                .as("of a stream with one key frame in 300 units, and with 8 buffers that may be full at the request")
                .filteredOn(line -> line.startsWith("key frame, unit"))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(Integer.parseInt(line.replaceAll("\\D", ""))).isLessThanOrEqualTo(10));
    }

    @Test
    void whatTheDriverRefusesWhileItStreamsIsSetOnACameraThatIsOpenedAnew() {
        assertThat(scene("stiff"))
                .filteredOn(line -> line.matches("(opened|applied|read) .*"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("opened ").contains("framesPerSecond=15.0"),
                        line -> assertThat(line).startsWith("applied false"),
                        line -> assertThat(line).startsWith("opened ").endsWith("remark=]"),
                        line -> assertThat(line).startsWith("applied false").contains("framesPerSecond=15.0"),
                        line -> assertThat(line)
                                .startsWith("opened ")
                                .contains("framesPerSecond=30.0")
                                .endsWith("remark=]"),
                        line -> assertThat(line).startsWith("read 90 units, " + WHOLE));
    }

    @Test
    void driverWithoutControlsIsReadAndRemarkedUpon() {
        String refused = "its frame rate cannot be set; its profile cannot be set; its bit rate"
                + " cannot be set; its key frame interval cannot be set; it has no control brightness]";
        assertThat(scene("legacy"))
                .anySatisfy(line -> assertThat(line).startsWith("opened ").endsWith("remark=" + refused))
                .anySatisfy(line -> assertThat(line).startsWith("applied true").endsWith("remark=" + refused))
                .anySatisfy(line -> assertThat(line).startsWith("read 40 units, " + WHOLE));
    }

    @Test
    void deviceWithoutH264SaysWhatItGives() {
        assertThat(scene("vivid"))
                .contains(
                        "failed: /dev/video10 is vivid (driver vivid) and gives YUYV, UYVY, YVYU, VYUY, 422P, YU12 and more,"
                                + " no H.264: use a camera that encodes H.264 itself");
        assertThat(scene("nobody feeds"))
                .containsExactly(
                        "suits -1: /dev/video0 is mmal service 16.1 (driver v4l2 loopback), which nobody feeds:"
                                + " start what feeds it");
    }

    @Test
    void controlsOfEveryKindAreSetByNameAndRefusalsSaid() {
        assertThat(scene("controls"))
                .containsExactly(
                        "refused: contrast cannot be 256: it is 0 to 255, the nearest is 255",
                        "refused: u32_1_element_array cannot be set: it is an array or a struct, and not one value",
                        "refused: area cannot be set: it is an array or a struct, and not one value",
                        "refused: read_only_integer_32_bits cannot be set: it is read-only",
                        "refused: it has no control menu_of_nothing",
                        "refused: integer_32_bits cannot be 2147483648: it is -2147483648 to 2147483647, the nearest is"
                                + " 2147483647",
                        "refused: integer_64_bits cannot be 9223372036854775808: it is -9223372036854775808 to"
                                + " 9223372036854775807, the nearest is 9223372036854775807",
                        "refused: menu cannot be menu item 2: it is one of Menu Item 1, Menu Item 3, Menu Item 4",
                        "refused: string cannot be Pi400: it is a text of 2 to 4 bytes, and that has 5",
                        "refused: bitmask cannot be 3: it is made of the bits 0x80402010",
                        "brightness: 200",
                        "contrast: 128",
                        "integer_32_bits: -5",
                        "boolean: 0",
                        "menu: 4 (Menu Item 4)",
                        "bitmask: " + 0x80000010,
                        "integer_menu: 6 (13 0xd)",
                        "integer_64_bits: -9223372036854775807",
                        "string: 'Pi4'");
    }

    @Test
    void whatIsAutomaticIsSetBeforeItsValues() {
        assertThat(scene("unplugged")).contains("exposure_time_absolute: 100").anySatisfy(line -> assertThat(line)
                .startsWith("opened ")
                .endsWith("remark=its bit rate cannot be set]"));
    }

    @Test
    void unpluggedCameraSaysSoAndIsReadWhenPluggedInAgain() {
        List<String> failures = scene("unplugged").stream()
                .filter(line -> line.startsWith("failed: "))
                .toList();
        assertThat(failures)
                .first()
                .asString()
                .matches("failed: /dev/video0 was unplugged \\(VIDIOC_D?QBUF /dev/video0: ENODEV\\): connect it again");
        assertThat(failures).last().isEqualTo("failed: /dev/video0 is not there: connect the camera");
        assertThat(scene("unplugged")).anySatisfy(line -> assertThat(line).startsWith("read 30 units"));
    }

    private static List<String> scene(String name) {
        return LAB.scene(name);
    }

    private static String only(List<String> lines, String start) {
        assertThat(lines).filteredOn(line -> line.startsWith(start)).hasSize(1);
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }
}
