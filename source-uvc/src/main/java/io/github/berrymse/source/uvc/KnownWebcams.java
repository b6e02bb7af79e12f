package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which webcam each stream has, so that it gets the same again after it was unplugged, from another port, under another
 * device file; and so that no other gets it meanwhile. Thread-safe.
 */
final class KnownWebcams {

    static final String AUTO = "auto";
    private static final String LINKS_TO_PORTS = "/dev/v4l/by-path/";

    /** After this a stream has asked the source that replaces another: it tries again every 10 s. */
    private static final long STREAMS_ASK_NS = TimeUnit.SECONDS.toNanos(15);

    private final KnownFile file;
    private final Map<String, Known> known;

    /** Those that streams are opening at the moment. */
    private final Map<String, UsbIdentity> opening = new HashMap<>();

    /** Forgets all with its bundle. */
    KnownWebcams() {
        this.file = null;
        this.known = new HashMap<>();
    }

    /** Goes on with what the one before it has left in a file. */
    KnownWebcams(KnownFile file) {
        long sinceNs = System.nanoTime();
        this.file = file;
        this.known = file.read(() -> System.nanoTime() - sinceNs < STREAMS_ASK_NS);
    }

    /**
     * The webcam that a stream is to open, as {@link #find} has it; until {@link #release} no other stream finds it. Called
     * by the stream's capture thread, with which the stream ends.
     */
    synchronized Optional<Webcam> take(CameraSettings settings, List<Webcam> there) {
        known.computeIfPresent(settings.name(), (name, its) -> Known.ofThisStream(its.device(), its.webcam()));
        Optional<Webcam> found = find(settings, there);
        found.ifPresent(webcam -> opening.put(settings.name(), webcam.usb()));
        return found;
    }

    /** A stream has opened the webcam that it took, or could not. */
    synchronized void release(CameraSettings settings) {
        opening.remove(settings.name());
    }

    /** A stream has opened a webcam: whoever had it before has it no more. Called as {@link #take} is. */
    synchronized void remember(CameraSettings settings, Webcam webcam) {
        known.values().removeIf(other -> other.webcam().usb().equals(webcam.usb()));
        known.put(settings.name(), Known.ofThisStream(settings.device(), webcam));
        if (file != null) {
            file.write(known);
        }
    }

    /** A stream looks elsewhere: others may have its webcam. Should it come back, it is known still. */
    synchronized void leave(CameraSettings settings) {
        known.computeIfPresent(settings.name(), (name, its) -> its.left(true));
    }

    /**
     * The webcam that a stream had with the same device setting, or one of its name before it: the hub may have been replaced.
     * A link that names a port means whatever is in there.
     */
    synchronized Optional<Webcam> last(CameraSettings settings) {
        return settings.device().startsWith(LINKS_TO_PORTS)
                ? Optional.empty()
                : Optional.ofNullable(known.get(settings.name()))
                        .filter(last -> last.device().equals(settings.device()))
                        .map(Known::webcam);
    }

    /**
     * The webcam that the settings mean: the one that the stream had; else the one that has the device file; or, when none
     * was chosen, the first that may give H.264 and is no other stream's, and if there is none such for {@code auto}, the
     * first of the others, which can say what it gives.
     */
    synchronized Optional<Webcam> find(CameraSettings settings, List<Webcam> there) {
        known.computeIfPresent(
                settings.name(), (name, its) -> its.left(!its.device().equals(settings.device())));
        Optional<Webcam> last = last(settings);
        Optional<Webcam> again = last.flatMap(webcam -> again(settings, webcam.usb(), there));
        if (again.isPresent()) {
            return again;
        }
        Stream<Webcam> meant = isAny(settings)
                ? there.stream().filter(Webcam::mayGiveH264)
                : Webcams.of(settings.device(), there).stream();
        // While it waits for its own, device files may be numbered anew: it takes no other stream's then.
        boolean isForAnyStream = last.isEmpty() && !isAny(settings);
        return meant.filter(webcam -> isForAnyStream || !isOfAnother(settings, webcam.usb(), there))
                .findFirst()
                .or(() -> last.isEmpty() && settings.device().equals(AUTO) ? unfit(there) : Optional.empty());
    }

    private static Optional<Webcam> unfit(List<Webcam> there) {
        return there.stream().filter(webcam -> !webcam.mayGiveH264()).findFirst();
    }

    static boolean isAny(CameraSettings settings) {
        return settings.device().isEmpty() || settings.device().equals(AUTO);
    }

    /** In the same port; or else in another, where no other stream's is. */
    private Optional<Webcam> again(CameraSettings settings, UsbIdentity usb, List<Webcam> there) {
        return in(usb, there).or(() -> there.stream()
                .filter(webcam -> webcam.usb().isLike(usb) && ofOthers(settings).noneMatch(webcam.usb()::equals))
                .findFirst());
    }

    private static Optional<Webcam> in(UsbIdentity usb, List<Webcam> there) {
        return there.stream().filter(webcam -> webcam.usb().equals(usb)).findFirst();
    }

    /** Whether it is another stream's, or may be it, back in another port. */
    private boolean isOfAnother(CameraSettings settings, UsbIdentity usb, List<Webcam> there) {
        return ofOthers(settings)
                .anyMatch(its ->
                        its.equals(usb) || its.isLike(usb) && in(its, there).isEmpty());
    }

    private Stream<UsbIdentity> ofOthers(CameraSettings settings) {
        Stream<UsbIdentity> had = known.entrySet().stream()
                .filter(other -> !other.getKey().equals(settings.name()))
                .map(Map.Entry::getValue)
                .filter(other -> other.isStreamThere() && !other.isLeft())
                .map(other -> other.webcam().usb());
        Stream<UsbIdentity> taken = opening.entrySet().stream()
                .filter(other -> !other.getKey().equals(settings.name()))
                .map(Map.Entry::getValue);
        return Stream.concat(had, taken);
    }
}
