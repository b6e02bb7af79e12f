package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which webcam each stream has, so that it gets the same again after it was unplugged: from another port, under another
 * device file. Thread-safe.
 */
final class KnownWebcams {

    static final String AUTO = "auto";
    private static final String LINKS_TO_PORTS = "/dev/v4l/by-path/";

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** The webcam that a device setting led to. */
    private record Known(String device, Webcam webcam) {}

    /** A stream has opened a webcam. */
    void remember(CameraSettings settings, Webcam webcam) {
        known.put(settings.name(), new Known(settings.device(), webcam));
    }

    /** The webcam that a stream had with the same device setting; a link that names a port means whatever is in there. */
    Optional<Webcam> last(CameraSettings settings) {
        return settings.device().startsWith(LINKS_TO_PORTS)
                ? Optional.empty()
                : Optional.ofNullable(known.get(settings.name()))
                        .filter(last -> last.device().equals(settings.device()))
                        .map(Known::webcam);
    }

    /**
     * The webcam that the settings mean: the one that the stream had; else the one that has the device file; or, when none
     * was chosen, the first that may give H.264.
     */
    Optional<Webcam> find(CameraSettings settings, List<Webcam> there) {
        Optional<Webcam> last = last(settings);
        Optional<Webcam> again = last.flatMap(webcam -> again(settings, webcam.usb(), there));
        if (again.isPresent()) {
            return again;
        }
        Optional<Webcam> found = isAny(settings)
                ? there.stream().filter(Webcam::mayGiveH264).findFirst()
                : Webcams.of(settings.device(), there);
        // While it waits for its own, device files may be numbered anew: it takes no other stream's then.
        return found.filter(webcam -> last.isEmpty() || !isOfAnother(settings, webcam.usb()::isLike));
    }

    static boolean isAny(CameraSettings settings) {
        return settings.device().isEmpty() || settings.device().equals(AUTO);
    }

    /** In the same port; or else in another, where no other stream's is. */
    private Optional<Webcam> again(CameraSettings settings, UsbIdentity usb, List<Webcam> there) {
        return there.stream()
                .filter(webcam -> webcam.usb().equals(usb))
                .findFirst()
                .or(() -> there.stream()
                        .filter(webcam -> webcam.usb().isLike(usb) && !isOfAnother(settings, webcam.usb()::equals))
                        .findFirst());
    }

    private boolean isOfAnother(CameraSettings settings, Predicate<UsbIdentity> isIts) {
        return known.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(settings.name())
                        && isIts.test(other.getValue().webcam().usb()));
    }
}
