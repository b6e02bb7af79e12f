package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.DeviceWatch;
import io.github.berrymse.v4l2.ExtensionUnit;
import io.github.berrymse.v4l2.FrameReader;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.PixelFormat;
import io.github.berrymse.v4l2.Sentences;
import io.github.berrymse.v4l2.Touched;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Webcams that encode H.264 (USB Video Class, driver uvcvideo). Finding them opens no device, and native code is loaded
 * with the first that is opened. Thread-safe.
 */
@Component
public final class UvcSource implements VideoSource {

    /** A webcam that the user named: before the source that takes any V4L2 device. */
    private static final int RANK_OF_A_NAMED_ONE = 200;

    /** Nobody named one: after the Raspberry Pi's camera. */
    private static final int RANK_OF_ANY = 50;

    private final Webcams webcams;
    private final Path firstDevice;
    private final KnownWebcams known;
    private final Map<UsbIdentity, Touched> touched = new ConcurrentHashMap<>();

    @Activate
    public UvcSource(BundleContext context) {
        this(Path.of("/sys"), Path.of("/dev"), known(context.getDataFile("webcams")));
    }

    /** @param file null where the framework keeps no files */
    private static KnownWebcams known(File file) {
        return file == null ? new KnownWebcams() : new KnownWebcams(new KnownFile(file.toPath()));
    }

    /** @param known which of the webcams each stream has */
    UvcSource(Path sys, Path dev, KnownWebcams known) {
        this.webcams = new Webcams(sys, dev);
        this.known = known;
        this.firstDevice = dev.resolve("video0");
    }

    @Override
    public String name() {
        return "uvc";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        boolean isAskedFor = settings.source().equals(name());
        if (!isAskedFor && !settings.source().equals("auto")) {
            known.leave(settings);
            return Suitability.notMine("camera.source asks for " + settings.source());
        }
        if (!settings.file().isEmpty()) {
            known.leave(settings);
            return Suitability.notMine("camera.file names a file");
        }
        List<Webcam> there = webcams.all();
        Optional<Webcam> webcam = known.find(settings, there);
        if (webcam.isPresent()) {
            return Suitability.accepted(rank(settings, there), webcam.get() + " is there");
        }
        String absent = Unfit.absent(settings, known.last(settings), there);
        boolean isMine = isAskedFor
                || known.last(settings).isPresent()
                || settings.device().equals(KnownWebcams.AUTO);
        return isMine && !settings.device().isEmpty()
                ? Suitability.accepted(rank(settings, there), absent)
                : Suitability.notMine(absent);
    }

    /** The device file that another source would take first may be a webcam's too. */
    private int rank(CameraSettings settings, List<Webcam> there) {
        return KnownWebcams.isAny(settings)
                        && Webcams.of(firstDevice.toString(), there).isEmpty()
                ? RANK_OF_ANY
                : RANK_OF_A_NAMED_ONE;
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return DeviceWatch.listen(changed);
    }

    @Override
    public Capture open(CameraSettings settings) throws CaptureException {
        List<Webcam> there = webcams.all();
        Webcam webcam = known.take(settings, there)
                .orElseThrow(() -> new CaptureException(Unfit.absent(settings, known.last(settings), there)));
        try {
            return open(webcam, settings);
        } finally {
            known.release(settings);
        }
    }

    @SuppressWarnings("resource") // the capture takes the device over
    private Capture open(Webcam webcam, CameraSettings settings) throws CaptureException {
        if (!webcam.mayGiveH264()) {
            throw new CaptureException(Unfit.noH264(webcam)); // the place for an encoder of the machine's own
        }
        boolean isBack = known.last(settings)
                .filter(last -> last.usb().isLike(webcam.usb()))
                .isPresent();
        Device device = device(webcam, isBack);
        Capture capture = null;
        try {
            capture = start(device, webcam, settings);
            known.remember(settings, webcam);
            return capture;
        } catch (LinuxException e) {
            throw notOpened(device.path(), webcam, isBack, e);
        } finally {
            if (capture == null) {
                device.close();
            }
        }
    }

    private Capture start(Device device, Webcam webcam, CameraSettings settings)
            throws LinuxException, CaptureException {
        VideoFunction function = webcam.function();
        Optional<ExtensionUnit> unit =
                function.h264Unit() == 0 ? Optional.empty() : Optional.of(device.extensionUnit(function.h264Unit()));
        Optional<H264Unit> h264 = unit.map(its -> new H264Unit(its, function.h264Selectors()));
        UvcOpening.Outcome outcome = new UvcOpening(device, webcam, settings).apply(h264);
        Controls controls = device.controls();
        UvcSteering steering = new UvcSteering(
                outcome,
                h264.map(LiveEncoder::new),
                unit.<Controls>map(its -> new UnitControls(controls, its, h264.get()))
                        .orElse(controls),
                touched.computeIfAbsent(webcam.usb(), usb -> new Touched()),
                settings);
        return new UvcCapture(device, webcam, steering, FrameReader.start(device, outcome.format()));
    }

    /**
     * The one of its device files that delivers H.264, or the MJPEG that it may be in.
     *
     * @param isBack whether the stream has had it before
     */
    private static Device device(Webcam webcam, boolean isBack) throws CaptureException {
        String fourcc = webcam.function().hasH264() ? PixelFormat.H264 : Webcam.MJPG;
        for (Path node : webcam.nodes()) {
            try {
                Device device = Device.open(node.toString());
                if (delivers(device, fourcc)) {
                    return device;
                }
                device.close();
            } catch (LinuxException e) {
                throw notOpened(node.toString(), webcam, isBack, e);
            } catch (LinkageError e) {
                throw new CaptureException(Sentences.noNativeCode(node.toString(), e), e);
            }
        }
        throw new CaptureException(
                webcam + " shows no device file with " + fourcc + " yet: if that stays so, reconnect it");
    }

    /** Closes the device when it throws. */
    private static boolean delivers(Device device, String fourcc) throws LinuxException {
        try {
            return device.capability().isCapture()
                    && device.pixelFormats().stream()
                            .anyMatch(format -> format.fourcc().equals(fourcc));
        } catch (LinuxException e) {
            device.close();
            throw e;
        }
    }

    /** A webcam that sysfs shows: one that was there before may be about to go, or to come back. */
    private static CaptureException notOpened(String path, Webcam webcam, boolean isBack, LinuxException e) {
        String sentence = isBack ? Unfit.changing(webcam, e) : "";
        return new CaptureException(sentence.isEmpty() ? Sentences.notOpened(path, e) : sentence, e);
    }
}
