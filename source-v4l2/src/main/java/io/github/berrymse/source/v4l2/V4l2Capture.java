package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.FrameReader;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.Sentences;
import io.github.berrymse.v4l2.Touched;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A V4L2 device that streams H.264: each frame is one access unit. Confined to the capture thread.
 */
final class V4l2Capture implements Capture, FrameReader.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(V4l2Capture.class);

    private final Device device;
    private final FrameReader frames;
    private final Touched touched;
    private final KeyFrameButton keyFrameButton;
    private CameraSettings asked;
    private Applied applied;
    private CaptureFormat format;
    private AccessUnitSink sink;

    /**
     * Takes device and reader over.
     *
     * @param touched what was set on the device
     * @param asked what the device was opened for
     * @param applied what came of it
     */
    V4l2Capture(Device device, FrameReader frames, Touched touched, CameraSettings asked, Applied applied) {
        this.device = device;
        this.frames = frames;
        this.touched = touched;
        this.asked = asked;
        this.applied = applied;
        this.format = captureFormat();
        this.keyFrameButton = new KeyFrameButton(device.controls());
    }

    @Override
    public CaptureFormat format() {
        return format;
    }

    @Override
    public boolean read(AccessUnitSink to, int timeoutMs) throws CaptureException {
        sink = to;
        try {
            return frames.read(this, timeoutMs);
        } catch (LinuxException e) {
            throw new CaptureException(Sentences.ended(format.device(), e), e);
        }
    }

    @Override
    public void accept(ByteBuffer data, long captureTimeUs, int lostBefore) {
        sink.accept(new AccessUnit(data, captureTimeUs, lostBefore));
    }

    private CaptureFormat captureFormat() {
        return applied.captureFormat(device.path(), device.capability().card(), asked);
    }

    /** What the driver changes while it streams is changed so; for anything else it is opened anew. */
    @Override
    public boolean apply(CameraSettings settings) {
        if (!settings.withLiveOf(asked).equals(asked)) {
            return false;
        }
        try {
            Optional<Applied> changed = new Negotiation(device, touched, settings).change(applied, asked);
            applied = changed.orElse(applied);
            asked = changed.isPresent() ? settings : asked;
            format = captureFormat();
            return changed.isPresent();
        } catch (LinuxException e) {
            LOG.debug("{} does not tell its format any more", format.device(), e);
            return false;
        }
    }

    @Override
    public boolean requestKeyFrame() {
        return keyFrameButton.isPressed();
    }

    @Override
    public void close() {
        frames.close();
        device.close();
    }
}
