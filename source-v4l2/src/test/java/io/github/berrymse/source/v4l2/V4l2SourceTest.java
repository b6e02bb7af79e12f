package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.Sentences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which settings the source takes, and its sentences for devices that are not there or no cameras. */
class V4l2SourceTest {

    private final V4l2Source source = new V4l2Source();

    @TempDir
    Path folder;

    @Test
    void chosenDeviceIsAcceptedEvenWhenAbsent() {
        assertThat(source.suits(settings("auto", "/dev/video77")))
                .isEqualTo(Suitability.accepted(100, "/dev/video77 was chosen"));
        assertThat(source.suits(settings("v4l2", "/dev/video77")).isAccepted()).isTrue();
    }

    @Test
    void otherSourcesFilesAndPipesAreNotMine() throws Exception {
        Path file = Files.createFile(folder.resolve("clip.h264"));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(source.suits(settings("file", "/dev/video0")).reason()).isEqualTo("camera.source asks for file");
        assertThat(source.suits(settings("auto", "-")).reason()).isEqualTo("- is a file or pipe and no device");
        assertThat(source.suits(settings("auto", file.toString())).isAccepted()).isFalse();
        assertThat(source.suits(settings("auto", pipe.toString())).isAccepted()).isFalse();
    }

    @Test
    void withNothingChosenAndNoCameraItSaysThatNoneIsThere() {
        assumeFalse(Files.exists(Path.of("/dev/video0")), "this machine has a camera");
        for (String device : new String[] {"", "auto"}) {
            Suitability suitability = source.suits(settings("auto", device));
            assertThat(suitability.isAccepted()).isFalse();
            assertThat(suitability.reason()).startsWith("/dev/video0 is not there: connect the camera");
        }
    }

    @Test
    void absentDeviceAndWrongFilesAreNamedWithTheRemedy() {
        assertThatThrownBy(() -> source.open(settings("auto", "/dev/video77")))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("/dev/video77 is not there: connect the camera");
        assertThatThrownBy(() -> source.open(settings("auto", "/dev/null")))
                .hasMessage("/dev/null is no video device (VIDIOC_QUERYCAP /dev/null: ENOTTY): "
                        + "name one such as /dev/video0 with -d");
    }

    @Test
    void errnoOfOpeningBecomesASentenceWithTheRemedy() {
        assertThat(notOpened("open", 13)).contains("may not be opened by user", "usermod -aG ", "log in again");
        assertThat(notOpened("VIDIOC_S_FMT", 16))
                .isEqualTo("/dev/video77 is in use, stop the other program: VIDIOC_S_FMT /dev/video77: EBUSY");
        assertThat(notOpened("open", 19)).contains("reconnect it");
        assertThat(notOpened("VIDIOC_REQBUFS", 12)).contains("gets no memory");
        assertThat(notOpened("VIDIOC_STREAMON", 71))
                .isEqualTo("/dev/video77 does not answer (VIDIOC_STREAMON /dev/video77: EPROTO): reconnect it");
        assertThat(notOpened("VIDIOC_STREAMON", 28))
                .isEqualTo(
                        "/dev/video77 does not get enough of its USB bus (VIDIOC_STREAMON /dev/video77: ENOSPC): ask for"
                                + " smaller or fewer pictures, or connect it to another bus");
        assertThat(notOpened("VIDIOC_STREAMON", 32))
                .isEqualTo("/dev/video77 could not be started: VIDIOC_STREAMON /dev/video77: EPIPE");
    }

    @Test
    void errnoOfReadingTellsUnpluggedFromFailed() {
        assertThat(ended(19))
                .isEqualTo("/dev/video77 was unplugged (VIDIOC_DQBUF /dev/video77: ENODEV): connect it again");
        assertThat(ended(5))
                .isEqualTo("/dev/video77 failed while streaming (VIDIOC_DQBUF /dev/video77: EIO): it is opened anew");
    }

    private static String notOpened(String call, int errno) {
        String device = "/dev/video77";
        return Sentences.notOpened(device, new LinuxException(call, device, errno));
    }

    private static String ended(int errno) {
        String device = "/dev/video77";
        return Sentences.ended(device, new LinuxException("VIDIOC_DQBUF", device, errno));
    }

    private static CameraSettings settings(String source, String device) {
        return new CameraSettings(
                "camera", source, device, 1280, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
    }
}
