package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads sentences that need a camera to be heard. */
class UnfitTest {

    @Test
    void jpegsWithoutH264AreSaidWithTheRemedy() {
        VideoFunction function = VideoFunction.parse(Descriptors.ofMuxingCamera(), 1, 0);
        Webcam webcam = new Webcam("C922", new UsbIdentity("046d", "085c", "", "1-1", 0), function, List.of());
        assertThat(Unfit.plainJpegs("/dev/video0", webcam))
                .isEqualTo(
                        "/dev/video0 is C922 (046d:085c), and its JPEGs have no H.264 in them: reconnect it, or use a"
                                + " webcam that encodes H.264 itself, such as Logitech's C920 (046d:082d), C922 of before 2020,"
                                + " C925e or C930e, or the Raspberry Pi's camera");
    }
}
