package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.Sentences;
import java.util.List;
import java.util.Optional;

/** Why there is no H.264 from a webcam, in one sentence for the user with what to do about it. Thread-safe. */
final class Unfit {

    private static final String OTHERS =
            "use a webcam that encodes H.264 itself, such as Logitech's C920 (046d:082d), C922 of before 2020, C925e or"
                    + " C930e, or the Raspberry Pi's camera";

    private Unfit() {}

    /**
     * No webcam is where the settings say.
     *
     * @param last the one that the stream had
     * @param there those that are plugged in
     */
    static String absent(CameraSettings settings, Optional<Webcam> last, List<Webcam> there) {
        if (last.isPresent()) {
            return unplugged(last.get());
        }
        if (!KnownWebcams.isAny(settings)) {
            return Sentences.absent(settings.device());
        }
        return there.stream()
                        .filter(Webcam::mayGiveH264)
                        .findFirst()
                        .map(taken -> taken + " is another stream's: connect one more webcam that encodes H.264 itself")
                        .orElse("no camera is there: connect a webcam that encodes H.264 itself")
                + ", or name a device with -d";
    }

    /** A webcam that was there. */
    static String unplugged(Webcam webcam) {
        return webcam + " is unplugged: connect it again";
    }

    /** A webcam that was opened before, whose device file is about to go or has just come back; empty for other refusals. */
    static String changing(Webcam webcam, LinuxException e) {
        return switch (e.errno()) {
            case ENODEV, ENXIO -> unplugged(webcam);
            case ENOENT -> webcam + " is unplugged, or has no device file yet (" + e.getMessage()
                    + "): connect it again";
            case EACCES -> webcam + " is back, its permissions are not yet (" + e.getMessage()
                    + "): if that stays so, look at the rules of udev";
            default -> "";
        };
    }

    /** A webcam that encodes nothing. */
    static String noH264(Webcam webcam) {
        List<String> formats = webcam.function().formats();
        return webcam.nodes().get(0) + " is " + webcam + " and gives "
                + (formats.isEmpty() ? "nothing that is known" : String.join(" and ", formats)) + ", no H.264: "
                + OTHERS;
    }

    /** A webcam with an extension unit, but without H.264 in its MJPEG. */
    static String muxRefused(String device, Webcam webcam, List<String> why) {
        return device + " is " + webcam + " and does not put H.264 into its MJPEG"
                + (why.isEmpty() ? "" : " (" + String.join("; ", why) + ")") + ": " + OTHERS;
    }

    /** A webcam that said it would put H.264 into its MJPEG. */
    static String plainJpegs(String device, Webcam webcam) {
        return device + " is " + webcam + ", and its JPEGs have no H.264 in them: reconnect it, or " + OTHERS;
    }
}
