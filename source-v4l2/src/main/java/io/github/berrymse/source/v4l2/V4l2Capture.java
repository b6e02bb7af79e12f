package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.Frame;
import io.github.berrymse.v4l2.FrameQueue;
import io.github.berrymse.v4l2.LinuxException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A V4L2 device that streams H.264: hands each buffer over as one access unit, a view on the driver's memory, and queues
 * it again. Confined to the capture thread.
 */
final class V4l2Capture implements Capture {

    private static final Logger LOG = LoggerFactory.getLogger(V4l2Capture.class);

    private final Device device;
    private final FrameQueue queue;
    private final Touched touched;
    private CameraSettings asked;
    private Applied applied;
    private CaptureFormat format;
    private final int bufferSize;
    private final boolean canForceKeyFrame;
    private final Losses losses = new Losses();
    private boolean toldOfFullBuffer;

    /**
     * Takes device and queue over.
     *
     * @param touched what was set on the device
     * @param asked what the device was opened for
     * @param applied what came of it
     */
    V4l2Capture(Device device, FrameQueue queue, Touched touched, CameraSettings asked, Applied applied) {
        this.device = device;
        this.queue = queue;
        this.touched = touched;
        this.asked = asked;
        this.applied = applied;
        this.format = captureFormat();
        this.bufferSize = applied.format().bufferSize();
        this.canForceKeyFrame = device.controls().find(Control.FORCE_KEY_FRAME).isPresent();
    }

    @Override
    public CaptureFormat format() {
        return format;
    }

    @Override
    public boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException {
        try {
            Frame frame = queue.dequeue(timeoutMs);
            if (frame == null) {
                return false;
            }
            boolean isWhole = isWhole(frame);
            if (isWhole) {
                sink.accept(new AccessUnit(frame.data(), captureTimeUs(frame), losses.before(frame)));
            } else {
                losses.dropped();
            }
            queue.requeue(frame);
            return isWhole;
        } catch (LinuxException e) {
            throw Sentences.ended(format.device(), e);
        }
    }

    private CaptureFormat captureFormat() {
        return applied.captureFormat(device.path(), device.capability().card(), asked);
    }

    /** What controls can change while it streams is changed so; for anything else it is opened anew. */
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
        if (!canForceKeyFrame) {
            return false;
        }
        try {
            device.controls().set(Control.FORCE_KEY_FRAME, 1);
            return true;
        } catch (LinuxException e) {
            LOG.debug("no key frame on request", e);
            return false;
        }
    }

    @Override
    public void close() {
        queue.close();
        device.close();
    }

    /** A buffer that is full to the last byte holds an access unit that was cut off, or an old one and leftovers. */
    private boolean isWhole(Frame frame) {
        int size = frame.data().remaining();
        if (size < bufferSize || bufferSize == 0) {
            return size > 0 && !frame.isError();
        }
        if (!toldOfFullBuffer) {
            toldOfFullBuffer = true;
            LOG.info("{}: left out a buffer of {} bytes, full and so not a whole access unit", format.device(), size);
        }
        return false;
    }

    private static long captureTimeUs(Frame frame) {
        return frame.isMonotonic() ? frame.timestampUs() : System.nanoTime() / 1000;
    }
}
