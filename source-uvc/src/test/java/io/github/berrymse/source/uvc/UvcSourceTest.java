package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which settings the source takes, and its sentences, with cameras in a folder that stands for sysfs. */
class UvcSourceTest {

    @TempDir
    Path folder;

    private final KnownWebcams known = new KnownWebcams();
    private Sysfs sysfs;
    private UvcSource source;

    @BeforeEach
    void make() throws Exception {
        sysfs = new Sysfs(folder);
        source = new UvcSource(sysfs.sys, sysfs.dev, known);
    }

    @Test
    void namedWebcamIsMineBeforeAnyOtherSource() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 2, 3);
        assertThat(suits("auto", node(2))).isEqualTo(Suitability.accepted(200, "C920 (046d:082d) is there"));
        assertThat(suits("uvc", node(3)).rank()).isEqualTo(200);
        assertThat(suits("v4l2", node(2))).isEqualTo(Suitability.notMine("camera.source asks for v4l2"));
    }

    @Test
    void otherDevicesFilesAndPipesAreNotMine() throws Exception {
        sysfs.other(0);
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 2, 3);
        assertThat(suits("auto", node(0)).isAccepted()).isFalse();
        assertThat(suits("auto", "-").isAccepted()).isFalse();
        assertThat(suits("auto", Files.createFile(folder.resolve("clip")).toString())
                        .isAccepted())
                .isFalse();
        assertThat(source.suits(settings("auto", "", "clip.h264")).isAccepted()).isFalse();
    }

    @Test
    void anyWebcamComesAfterTheCameraThatIsNoneAndBeforeTheOneThatIs() throws Exception {
        sysfs.other(0);
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 2, 3);
        assertThat(suits("auto", "").rank()).as("a Pi camera at video0").isEqualTo(50);
        assertThat(suits("auto", "auto").rank()).isEqualTo(50);
        sysfs.pull(0);
        sysfs.plug("1-2", "046d:0825:", "C270", Descriptors.ofPlainCamera(), 0, 1);
        assertThat(suits("auto", "").rank()).as("a webcam at video0").isEqualTo(200);
    }

    @Test
    void withoutAnyTheDemoMayStandInUnlessAutoWasChosen() {
        assertThat(suits("auto", "").isAccepted()).isFalse();
        assertThat(suits("auto", "auto").isAccepted()).isTrue();
        assertThatThrownBy(() -> source.open(settings("auto", "auto", "")))
                .isInstanceOf(CaptureException.class)
                .hasMessage("no camera is there: connect a webcam that encodes H.264 itself, or name a device with -d");
    }

    @Test
    void webcamThatEncodesNothingSaysWhatItGivesAndWhichDo() throws Exception {
        sysfs.plug("1-1", "046d:0825:", "C270", Descriptors.ofPlainCamera(), 0, 1);
        assertThat(suits("auto", node(1)).isAccepted()).isTrue();
        assertThatThrownBy(() -> source.open(settings("auto", node(1), "")))
                .hasMessage(node(0) + " is C270 (046d:0825) and gives MJPG and YUYV, no H.264: use a webcam that"
                        + " encodes H.264 itself, such as Logitech's C920 (046d:082d), C922 of before 2020, C925e or"
                        + " C930e, or the Raspberry Pi's camera");
        assertThatThrownBy(() -> source.open(settings("auto", "auto", "")))
                .as("nor is it passed over in silence")
                .hasMessageStartingWith(node(0) + " is C270 (046d:0825) and gives MJPG and YUYV, no H.264: ");
        assertThat(suits("auto", "").isAccepted()).as("for the demo").isFalse();
    }

    @Test
    void onlyWebcamBeingAnotherStreamsIsSaid() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 0, 1);
        CameraSettings yard = new CameraSettings(
                "yard", "auto", "auto", 1280, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
        known.remember(yard, sysfs.webcams().all().get(0));
        assertThatThrownBy(() -> source.open(settings("auto", "auto", "")))
                .hasMessage("C920 (046d:082d) is another stream's: connect one more webcam that encodes H.264 itself,"
                        + " or name a device with -d");
        source.suits(new CameraSettings(
                "yard", "auto", "auto", 1280, 720, -1, -1, 0, 0, "", Map.of(), "clip.h264", "annexb", Map.of()));
        assertThat(suits("auto", "").isAccepted())
                .as("the other plays a file now")
                .isTrue();
    }

    @Test
    void nodeThatIsNoVideoDeviceIsSaidToBeNone() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 0);
        assertThatThrownBy(() -> source.open(settings("auto", node(0), "")))
                .hasMessage(node(0) + " is no video device (VIDIOC_QUERYCAP " + node(0)
                        + ": ENOTTY): name one such as /dev/video0 with -d");
    }

    @Test
    void webcamThatIsAboutToGoIsUnpluggedForTheStreamThatHadIt() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 0, 1);
        Files.delete(sysfs.dev.resolve("video0"));
        assertThatThrownBy(() -> source.open(settings("auto", "auto", "")))
                .hasMessageStartingWith(node(0) + " is not there: connect the camera");
        known.remember(settings("auto", "auto", ""), sysfs.webcams().all().get(0));
        assertThatThrownBy(() -> source.open(settings("auto", "auto", "")))
                .hasMessage("C920 (046d:082d) is unplugged, or has no device file yet (open " + node(0)
                        + ": ENOENT): connect it again");
        known.remember(
                settings("auto", "auto", ""),
                new Webcam("C930e", new UsbIdentity("046d", "0843", "", "1-2", 0), null, List.of()));
        assertThatThrownBy(() -> source.open(settings("auto", "auto", "")))
                .as("another than it had")
                .hasMessageStartingWith(node(0) + " is not there: connect the camera");
    }

    @Test
    void sourceThatReplacesAnotherKnowsWhichWebcamEachStreamHas() throws Exception {
        KnownFile file = new KnownFile(folder.resolve("webcams"));
        KnownWebcams before = new KnownWebcams(file);
        CameraSettings settings = settings("auto", node(0), "");
        sysfs.plug("1-1", "046d:082d:A=1", "C920 #2\u00e9", Descriptors.ofEncodingCamera(), 0, 1);
        before.remember(settings, sysfs.webcams().all().get(0));
        sysfs.pull(0, 1);

        UvcSource replacement = new UvcSource(sysfs.sys, sysfs.dev, new KnownWebcams(file));
        assertThat(replacement.suits(settings).reason())
                .isEqualTo("C920 #2\u00e9 (046d:082d) is unplugged: connect it again");
        CameraSettings any = new CameraSettings(
                "yard", "auto", "auto", 1280, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
        sysfs.plug("1-4", "046d:082d:A=1", "C920 #2\u00e9", Descriptors.ofEncodingCamera(), 2, 3);
        assertThat(replacement.suits(any).reason()).contains("is another stream's");
        assertThat(replacement.suits(settings).reason()).isEqualTo("C920 #2\u00e9 (046d:082d) is there");
    }

    @Test
    void fileThatIsDamagedOrCannotBeWrittenIsNone() throws Exception {
        Path path = Files.writeString(folder.resolve("webcams"), "camera.device=/dev/video0\ncamera.vendor=046d\n");
        assertThat(new KnownWebcams(new KnownFile(path)).last(settings("auto", "/dev/video0", "")))
                .isEmpty();
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 0, 1);
        KnownWebcams nowhere = new KnownWebcams(new KnownFile(folder.resolve("none/webcams")));
        nowhere.remember(settings("auto", node(0), ""), sysfs.webcams().all().get(0));
        assertThat(nowhere.last(settings("auto", node(0), ""))).isPresent();
    }

    private Suitability suits(String asked, String device) {
        return source.suits(settings(asked, device, ""));
    }

    private String node(int number) {
        return sysfs.dev.resolve("video" + number).toString();
    }

    private static CameraSettings settings(String asked, String device, String file) {
        return new CameraSettings(
                "camera", asked, device, 1280, 720, -1, -1, 0, 0, "", Map.of(), file, "annexb", Map.of());
    }
}
