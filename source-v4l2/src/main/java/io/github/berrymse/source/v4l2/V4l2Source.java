package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.DeviceWatch;
import io.github.berrymse.v4l2.FrameReader;
import io.github.berrymse.v4l2.Linux;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.Sentences;
import io.github.berrymse.v4l2.Touched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * Cameras that deliver H.264 through V4L2: the Raspberry Pi's with its legacy driver, webcams that encode. Native code
 * is loaded with the first device file that is there. Thread-safe.
 */
@Component
public final class V4l2Source implements VideoSource {

    private static final String DEFAULT_DEVICE = "/dev/video0";
    private static final int RANK = 100;

    private final Map<String, Touched> touched = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "v4l2";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        if (!settings.source().equals("auto") && !settings.source().equals(name())) {
            return Suitability.notMine("camera.source asks for " + settings.source());
        }
        if (isAny(settings)) {
            return suitsDefault();
        }
        return settings.device().equals("-") || Linux.isFileOrPipe(settings.device())
                ? Suitability.notMine(settings.device() + " is a file or pipe and no device")
                : Suitability.accepted(RANK, settings.device() + " was chosen");
    }

    private static boolean isAny(CameraSettings settings) {
        return settings.device().isEmpty() || settings.device().equals("auto");
    }

    private static Suitability suitsDefault() {
        try {
            Offer offer = examine(DEFAULT_DEVICE);
            return offer.isFit()
                    ? Suitability.accepted(RANK, DEFAULT_DEVICE + " is " + offer.card())
                    : Suitability.notMine(offer.objection());
        } catch (CaptureException e) {
            return Suitability.notMine(e.getMessage());
        }
    }

    private static Offer examine(String path) throws CaptureException {
        try (Device device = device(path)) {
            return offer(device);
        } catch (LinuxException e) {
            throw new CaptureException(Sentences.notOpened(path, e), e);
        }
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return DeviceWatch.listen(changed);
    }

    @Override
    @SuppressWarnings("resource") // the capture takes the device over
    public Capture open(CameraSettings settings) throws CaptureException {
        String path = isAny(settings) ? DEFAULT_DEVICE : settings.device();
        Device device = device(path);
        Capture capture = null;
        try {
            capture = start(device, settings);
            return capture;
        } catch (LinuxException e) {
            throw new CaptureException(Sentences.notOpened(path, e), e);
        } finally {
            if (capture == null) {
                device.close();
            }
        }
    }

    private Capture start(Device device, CameraSettings settings) throws LinuxException, CaptureException {
        Offer offer = offer(device);
        if (!offer.isFit()) {
            throw new CaptureException(offer.objection());
        }
        Touched touchedHere = touched.computeIfAbsent(device.path() + " " + offer.card(), key -> new Touched());
        Applied applied = new Negotiation(device, touchedHere, settings).apply();
        FrameReader frames = FrameReader.start(device, applied.format());
        Capture capture = null;
        try {
            capture = new V4l2Capture(device, frames, touchedHere, settings, applied);
            return capture;
        } finally {
            if (capture == null) {
                frames.close();
            }
        }
    }

    private static Offer offer(Device device) throws LinuxException {
        return new Offer(device.path(), device.capability(), device.pixelFormats());
    }

    private static Device device(String path) throws CaptureException {
        if (!Files.exists(Path.of(path))) {
            throw new CaptureException(Sentences.absent(path));
        }
        try {
            return Device.open(path);
        } catch (LinuxException e) {
            throw new CaptureException(Sentences.notOpened(path, e), e);
        } catch (LinkageError e) {
            throw new CaptureException(Sentences.noNativeCode(path, e), e);
        }
    }
}
