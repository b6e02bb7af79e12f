package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds each stream's webcam again when device files are numbered anew. */
class KnownWebcamsTest {

    private static final byte[] H264 = Descriptors.ofEncodingCamera();

    @TempDir
    Path folder;

    private final KnownWebcams known = new KnownWebcams();
    private Sysfs sysfs;

    @BeforeEach
    void make() throws Exception {
        sysfs = new Sysfs(folder);
    }

    @Test
    void autoIsTheFirstThatMayGiveH264() throws Exception {
        sysfs.plug("1-1", "046d:0825:", "C270", Descriptors.ofPlainCamera(), 0, 1);
        assertThat(find("door", "auto")).as("to say what it gives").contains("1-1");
        assertThat(find("door", "")).isEmpty();
        sysfs.plug("1-2", "046d:0843:", "C930e", Descriptors.ofMuxingCamera(), 2, 3);
        sysfs.plug("1-3", "046d:082d:", "C920", H264, 4, 5);
        assertThat(find("door", "auto")).contains("1-2");
        assertThat(find("door", "")).contains("1-2");
    }

    @Test
    void cameraThatReturnsUnderAnotherNumberAndInAnotherPortIsFoundAgain() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        assertThat(find("door", node(0))).contains("1-1");
        sysfs.pull(0, 1);
        assertThat(find("door", node(0))).isEmpty();
        sysfs.plug("1-4", "046d:082d:A1", "C920", H264, 2, 3);
        assertThat(find("door", node(0))).contains("1-4");
    }

    @Test
    void cameraInThePlaceOfOneThatIsGoneIsTaken() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        assertThat(find("door", node(0))).contains("1-1");
        sysfs.pull(0, 1);
        sysfs.plug("1-4", "046d:0843:B2", "C930e", H264, 0, 1);
        assertThat(find("door", node(0))).contains("1-4");
    }

    @Test
    void streamThatWaitsForItsCameraDoesNotTakeAnothersWhateverItsNumberIs() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        sysfs.plug("1-2", "046d:082d:B2", "C920", H264, 2, 3);
        assertThat(find("door", node(0))).contains("1-1");
        assertThat(find("yard", node(2))).contains("1-2");
        sysfs.pull(0, 1, 2, 3);
        sysfs.plug("1-7", "046d:082d:B2", "C920", H264, 0, 1);
        assertThat(find("door", node(0))).isEmpty();
        assertThat(find("yard", node(2))).contains("1-7");
        sysfs.plug("1-8", "046d:082d:A1", "C920", H264, 2, 3);
        assertThat(find("door", node(0))).contains("1-8");
    }

    @Test
    void camerasWithoutSerialsAreToldApartByTheirPorts() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", H264, 0, 1);
        sysfs.plug("1-2", "046d:082d:", "C920", H264, 2, 3);
        assertThat(find("door", node(0))).contains("1-1");
        assertThat(find("yard", node(2))).contains("1-2");
        sysfs.pull(0, 1);
        assertThat(find("door", node(0)))
                .as("the other stream's is no replacement")
                .isEmpty();
        sysfs.plug("1-5", "046d:082d:", "C920", H264, 4, 5);
        assertThat(find("door", node(0))).contains("1-5");
    }

    @Test
    void otherDeviceSettingForgetsTheCamera() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        sysfs.plug("1-2", "046d:0843:B2", "C930e", H264, 2, 3);
        assertThat(find("door", node(0))).contains("1-1");
        assertThat(find("door", node(2))).contains("1-2");
        assertThat(find("gate", node(0))).as("a stream of another name").contains("1-1");
    }

    @Test
    void linkThatNamesAPortMeansWhateverIsPluggedInThere() {
        Webcam webcam = new Webcam("C920", new UsbIdentity("046d", "082d", "A1", "1-1", 0), null, null);
        known.remember(settings("door", "/dev/v4l/by-path/usb-0:1:1.0-video-index0"), webcam);
        assertThat(known.last(settings("door", "/dev/v4l/by-path/usb-0:1:1.0-video-index0")))
                .isEmpty();
        known.remember(settings("door", "/dev/v4l/by-id/usb-C920"), webcam);
        assertThat(known.last(settings("door", "/dev/v4l/by-id/usb-C920"))).contains(webcam);
    }

    @Test
    void streamsWithoutADeviceSettingGetOneWebcamEach() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", H264, 0, 1);
        sysfs.plug("1-2", "046d:082d:", "C920", H264, 2, 3);
        assertThat(find("door", "auto")).contains("1-1");
        assertThat(find("yard", "auto")).contains("1-2");
        assertThat(find("gate", "")).as("there is no third").isEmpty();
        assertThat(find("gate", node(1))).as("who names one gets it").contains("1-1");
    }

    @Test
    void streamsThatBeginAtTheSameTimeGetOneWebcamEach() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        sysfs.plug("1-2", "046d:0843:B2", "C930e", H264, 2, 3);
        assertThat(take("door")).contains("1-1");
        assertThat(take("yard")).contains("1-2");
        assertThat(take("gate")).isEmpty();
        known.release(settings("door", "auto"));
        assertThat(take("gate")).as("the first could not be opened").contains("1-1");
    }

    @Test
    void streamWithoutAWebcamDoesNotTakeThatOfAnotherThatIsBackInAnotherPort() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        assertThat(find("door", "auto")).contains("1-1");
        sysfs.pull(0, 1);
        sysfs.plug("1-3", "046d:082d:A1", "C920", H264, 2, 3);
        assertThat(find("yard", "auto")).isEmpty();
        assertThat(find("door", "auto")).contains("1-3");
    }

    @Test
    void webcamOfAStreamThatHasEndedIsFree() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", H264, 0, 1);
        assertThat(findOnAThreadThatEnds("front", "auto")).contains("1-1");
        assertThat(find("door", "auto")).contains("1-1");
        replug("1-2");
        assertThat(find("door", "auto")).contains("1-2");
        replug("1-1");
        assertThat(find("door", "auto")).contains("1-1");
    }

    @Test
    void streamThatEndedWhileItWaitedForItsWebcamStandsInNobodysWay() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", H264, 0, 1);
        assertThat(findOnAThreadThatEnds("front", node(0))).contains("1-1");
        replug("1-2");
        assertThat(find("door", node(0))).contains("1-2");
        replug("1-1");
        assertThat(find("door", node(0))).contains("1-1");
    }

    @Test
    void streamOfTheSameNameOnAnotherThreadHasTheSameWebcam() throws Exception {
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 0, 1);
        sysfs.plug("1-2", "046d:0843:B2", "C930e", H264, 2, 3);
        assertThat(findOnAThreadThatEnds("door", node(0))).contains("1-1");
        assertThat(findOnAThreadThatEnds("yard", node(2))).contains("1-2");
        sysfs.pull(0, 1, 2, 3);
        sysfs.plug("1-2", "046d:0843:B2", "C930e", H264, 0, 1);
        sysfs.plug("1-1", "046d:082d:A1", "C920", H264, 2, 3);
        assertThat(find("yard", node(2))).contains("1-2");
        assertThat(find("door", node(0))).contains("1-1");
    }

    @Test
    void webcamThatAnotherStreamHasOpenedIsForgotten() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", H264, 0, 1);
        assertThat(find("front", node(0))).contains("1-1");
        assertThat(find("door", node(1))).contains("1-1");
        assertThat(known.last(settings("front", node(0)))).isEmpty();
        replug("1-2");
        assertThat(find("door", node(1))).contains("1-2");
        replug("1-1");
        assertThat(find("door", node(1))).contains("1-1");
    }

    @Test
    void webcamOfAStreamThatLooksElsewhereIsFreeAndKnownWhenItComesBack() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", H264, 0, 1);
        assertThat(find("door", node(0))).contains("1-1");
        assertThat(take("yard")).isEmpty();
        assertThat(known.find(settings("door", "/dev/video9"), sysfs.webcams().all()))
                .isEmpty();
        assertThat(take("yard")).contains("1-1");
        assertThat(known.last(settings("door", node(0)))).isPresent();
        known.release(settings("yard", "auto"));
        assertThat(find("door", node(0))).contains("1-1");
        assertThat(take("yard")).as("it came back").isEmpty();
    }

    /** The port of the webcam that the stream gets, which it opens and remembers. */
    private Optional<String> find(String stream, String device) {
        CameraSettings settings = settings(stream, device);
        Optional<Webcam> found = known.find(settings, sysfs.webcams().all());
        found.filter(Webcam::mayGiveH264).ifPresent(webcam -> known.remember(settings, webcam));
        return found.map(webcam -> webcam.usb().port());
    }

    /** The port of the webcam that the stream is about to open. */
    private Optional<String> take(String stream) {
        return known.take(settings(stream, "auto"), sysfs.webcams().all())
                .map(webcam -> webcam.usb().port());
    }

    private Optional<String> findOnAThreadThatEnds(String stream, String device) throws InterruptedException {
        AtomicReference<Optional<String>> port = new AtomicReference<>();
        Thread capture = new Thread(() -> port.set(find(stream, device)));
        capture.start();
        capture.join();
        return port.get();
    }

    /** The one at {@code video0}, which keeps its number. */
    private void replug(String port) throws Exception {
        sysfs.pull(0, 1);
        sysfs.plug(port, "046d:082d:", "C920", H264, 0, 1);
    }

    private String node(int number) {
        return sysfs.dev.resolve("video" + number).toString();
    }

    private static CameraSettings settings(String stream, String device) {
        return new CameraSettings(
                stream, "auto", device, 1280, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
    }
}
