package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.DeviceWatch;
import io.github.berrymse.v4l2.FrameQueue;
import io.github.berrymse.v4l2.Linux;
import io.github.berrymse.v4l2.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cameras that deliver H.264 through V4L2: the Raspberry Pi's with its legacy driver, webcams that encode. Native code
 * is loaded with the first device file that is there. Thread-safe.
 */
@Component
public final class V4l2Source implements VideoSource {

    private static final Logger LOG = LoggerFactory.getLogger(V4l2Source.class);
    private static final String DEFAULT_DEVICE = "/dev/video0";
    private static final int RANK = 100;

    /** At 30 frames per second they bridge 250 ms in which the reader is held up, and cost no latency: it takes the oldest. */
    private static final int BUFFERS = 8;

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
        if (settings.device().isEmpty()) {
            return suitsDefault();
        }
        return settings.device().equals("-") || Linux.isFileOrPipe(settings.device())
                ? Suitability.notMine(settings.device() + " is a file or pipe and no device")
                : Suitability.accepted(RANK, settings.device() + " was chosen");
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
        }
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return DeviceWatch.listen(changed);
    }

    @Override
    @SuppressWarnings("resource") // the capture takes the device over
    public Capture open(CameraSettings settings) throws CaptureException {
        String path = settings.device().isEmpty() ? DEFAULT_DEVICE : settings.device();
        Device device = device(path);
        Capture capture = null;
        try {
            capture = start(device, settings);
            return capture;
        } catch (LinuxException e) {
            throw Sentences.notOpened(path, e);
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
        FrameQueue queue = device.newQueue(BUFFERS);
        Capture capture = null;
        try {
            queue.start();
            capture = new V4l2Capture(device, queue, touchedHere, settings, applied);
        } finally {
            if (capture == null) {
                queue.close();
            }
        }
        LOG.debug(
                "{} is {}, {} buffers of {} bytes",
                device.path(),
                offer.card(),
                queue.size(),
                applied.format().bufferSize());
        return capture;
    }

    private static Offer offer(Device device) {
        return new Offer(device.path(), device.capability(), device.pixelFormats());
    }

    private static Device device(String path) throws CaptureException {
        if (!Files.exists(Path.of(path))) {
            throw new CaptureException(Sentences.absent(path));
        }
        try {
            return Device.open(path);
        } catch (LinuxException e) {
            throw Sentences.notOpened(path, e);
        } catch (LinkageError e) {
            throw Sentences.noNativeCode(path, e);
        }
    }
}
