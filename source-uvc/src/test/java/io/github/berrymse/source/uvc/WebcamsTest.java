package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds webcams in a folder that stands for sysfs. */
class WebcamsTest {

    @TempDir
    Path folder;

    private Sysfs sysfs;

    @BeforeEach
    void make() throws Exception {
        sysfs = new Sysfs(folder);
    }

    @Test
    void noSysfsMeansNoWebcams() {
        assertThat(new Webcams(folder.resolve("none"), folder).all()).isEmpty();
    }

    @Test
    void nodesOfOneInterfaceAreOneCameraAndOtherDriversAreNone() throws Exception {
        sysfs.other(0);
        sysfs.plug("1-1.4", "046d:082d:8A2B", "C920", Descriptors.ofEncodingCamera(), 10, 3, 2);
        sysfs.plug("1-1.2", "046d:0825:", "C270", Descriptors.ofPlainCamera(), 4, 5);

        List<Webcam> all = sysfs.webcams().all();
        assertThat(all).extracting(Webcam::toString).containsExactly("C920 (046d:082d)", "C270 (046d:0825)");
        assertThat(all.get(0).nodes())
                .containsExactly(
                        sysfs.dev.resolve("video2"), sysfs.dev.resolve("video3"), sysfs.dev.resolve("video10"));
        assertThat(all.get(0).usb()).isEqualTo(new UsbIdentity("046d", "082d", "8A2B", "1-1.4", 0));
        assertThat(all.get(1).usb().serial()).isEmpty();
        assertThat(all.get(0).mayGiveH264()).isTrue();
        assertThat(all.get(1).mayGiveH264()).isFalse();
    }

    @Test
    void anyNodeAndAnyLinkLeadsToTheCamera() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 0, 1);
        Path links = Files.createDirectories(sysfs.dev.resolve("v4l/by-id"));
        Path link = Files.createSymbolicLink(links.resolve("usb-C920-index0"), Path.of("../../video0"));
        List<Webcam> all = sysfs.webcams().all();

        assertThat(Webcams.of(sysfs.dev.resolve("video1").toString(), all)).contains(all.get(0));
        assertThat(Webcams.of(link.toString(), all)).contains(all.get(0));
        assertThat(Webcams.of(sysfs.dev.resolve("video7").toString(), all)).isEmpty();
        assertThat(Webcams.of("-", all)).isEmpty();
        assertThat(Webcams.of("no\0name", all)).isEmpty();
    }

    @Test
    void cameraThatGoesWhileItIsLookedAtIsPassedOver() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 0, 1);
        sysfs.plug("1-2", "046d:0843:", "C930e", Descriptors.ofMuxingCamera(), 2);
        Files.delete(sysfs.sys.resolve("devices/usb1/1-1/descriptors"));
        assertThat(sysfs.webcams().all()).extracting(Webcam::name).containsExactly("C930e");
    }

    @Test
    void cameraWhoseFirstDeviceFileHasGoneIsGoing() throws Exception {
        sysfs.plug("1-1", "046d:082d:", "C920", Descriptors.ofEncodingCamera(), 3, 2);
        assertThat(sysfs.webcams().all()).hasSize(1);
        sysfs.pull(3);
        assertThat(sysfs.webcams().all()).isEmpty();
    }

    @Test
    void serialThatIsNoTextIsReadAllTheSame() throws Exception {
        sysfs.plug("1-1", "046d:082d:x", "C920", Descriptors.ofEncodingCamera(), 0);
        Files.write(sysfs.sys.resolve("devices/usb1/1-1/serial"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'A'});
        assertThat(sysfs.webcams().all()).hasSize(1);
    }
}
