package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Puts what drivers answered into words. */
class AppliedTest {

    private static final OptionalInt NONE = OptionalInt.empty();
    private static final FrameFormat HD = new FrameFormat("H264", 1280, 720, 921600);

    @Test
    void nothingIsRemarkedWhenAllIsAsAsked() {
        Applied pi = applied(HD, FrameRate.of(30), OptionalInt.of(1_500_000), OptionalInt.of(0))
                .withMore(Map.of("level", "4"));
        assertThat(pi.remark(asked(1_500_000, 0, 30))).isEmpty();
        assertThat(pi.captureFormat("/dev/video0", "mmal", asked(1_500_000, 0, 30)))
                .isEqualTo(new CaptureFormat(
                        "/dev/video0", "mmal", 1280, 720, 30, 1_500_000, 0, Map.of("level", "4"), ""));
    }

    @Test
    void whatDiffersIsNamedWithBothValues() {
        Applied other = applied(
                new FrameFormat("H264", 640, 480, 1),
                FrameRate.of(14.985),
                OptionalInt.of(25_000),
                OptionalInt.of(180));
        assertThat(other.remark(asked(1_500_000, 90, 29.97)))
                .isEqualTo("640x480 instead of 1280x720; 14.99 instead of 29.97 frames per second");
    }

    @Test
    void swappedSizeIsAsAskedWhenTheCameraTurnedThePicturesByAQuarter() {
        FrameFormat portrait = new FrameFormat("H264", 720, 1280, 921600);
        for (int rotation : new int[] {90, 270}) {
            assertThat(remark(portrait, rotation, rotation)).isEmpty();
            assertThat(remark(HD, rotation, rotation))
                    .as("a driver that tells of the picture before")
                    .isEmpty();
        }
        String remark = "720x1280 instead of 1280x720";
        assertThat(remark(portrait, 180, 180)).isEqualTo(remark);
        assertThat(remark(portrait, 90, 0)).as("not turned").isEqualTo(remark);
        assertThat(remark(portrait, -1, 90)).as("not asked").isEqualTo(remark);
        assertThat(remark(new FrameFormat("H264", 704, 1280, 1), 90, 90)).isEqualTo("704x1280 instead of 1280x720");
    }

    private static String remark(FrameFormat format, int asked, int applied) {
        return applied(format, FrameRate.UNKNOWN, NONE, OptionalInt.of(applied)).remark(asked(-1, asked, 0));
    }

    @Test
    void rateThatTheDriverDoesNotSetIsNamed() {
        assertThat(applied(HD, FrameRate.UNKNOWN, NONE, NONE).remark(asked(1_500_000, 90, 15)))
                .isEqualTo("its frame rate cannot be set");
    }

    @Test
    void noWordsForWhatNobodyAskedOrIsSoAnyway() {
        assertThat(applied(HD, FrameRate.UNKNOWN, NONE, NONE).remark(asked(-1, -1, 0)))
                .isEmpty();
        assertThat(applied(HD, FrameRate.UNKNOWN, NONE, NONE).remark(asked(-1, 0, 0)))
                .as("not rotated")
                .isEmpty();
    }

    @Test
    void remarksOnControlsComeInTheOrderInWhichTheyAreSet() {
        Applied refused = new Applied(
                HD,
                FrameRate.UNKNOWN,
                FrameRate.UNKNOWN,
                NONE,
                NONE,
                Map.of(),
                List.of("its profile cannot be set"),
                List.of("bit rate 25000 instead of 1 bit/s"));
        assertThat(refused.remark(asked(1, -1, 15)))
                .isEqualTo(
                        "its profile cannot be set; its frame rate cannot be set; bit rate 25000 instead of 1 bit/s");
    }

    private static Applied applied(FrameFormat format, FrameRate rate, OptionalInt bitrate, OptionalInt rotation) {
        return new Applied(format, rate, rate, bitrate, rotation, Map.of(), List.of(), List.of());
    }

    private static CameraSettings asked(int bitrateBps, int rotation, double framesPerSecond) {
        return new CameraSettings(
                "camera",
                "auto",
                "",
                1280,
                720,
                bitrateBps,
                rotation,
                framesPerSecond,
                0,
                "",
                Map.of(),
                "",
                "annexb",
                Map.of());
    }
}
