package io.github.berrymse.source.uvc;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.Errno;
import io.github.berrymse.v4l2.FrameReader;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.Sentences;
import java.nio.ByteBuffer;

/** A webcam that streams H.264, each frame an access unit or a JPEG with one in it. Confined to the capture thread. */
final class UvcCapture implements Capture, FrameReader.Sink {

    private final Device device;
    private final Webcam webcam;
    private final UvcSteering steering;
    private final FrameReader frames;
    private final MuxedJpeg muxed = new MuxedJpeg();
    private final PlainJpegs plain = new PlainJpegs();

    private CaptureFormat format;
    private AccessUnitSink sink;
    private int lost;
    private long malformed;
    private boolean hasHandedOver;
    private boolean hasNoH264;

    /** Takes device and reader over. */
    UvcCapture(Device device, Webcam webcam, UvcSteering steering, FrameReader frames) {
        this.device = device;
        this.webcam = webcam;
        this.steering = steering;
        this.frames = frames;
        this.format = steering.format(device.path(), webcam);
    }

    @Override
    public CaptureFormat format() {
        return format;
    }

    @Override
    public boolean read(AccessUnitSink to, int timeoutMs) throws CaptureException {
        sink = to;
        hasHandedOver = false;
        try {
            frames.read(this, timeoutMs);
        } catch (LinuxException e) {
            boolean isGone = e.errno() == Errno.ENODEV;
            throw new CaptureException(isGone ? Unfit.unplugged(webcam) : Sentences.ended(device.path(), e), e);
        }
        if (hasNoH264) {
            throw new CaptureException(Unfit.plainJpegs(device.path(), webcam));
        }
        return hasHandedOver;
    }

    @Override
    public void accept(ByteBuffer data, long captureTimeUs, int lostBefore) {
        ByteBuffer unit = webcam.function().hasH264() ? data : muxed.accessUnit(data);
        boolean isDamaged = muxed.malformed() != malformed;
        malformed = muxed.malformed();
        hasNoH264 = plain.areAll(unit == null && !isDamaged, captureTimeUs);
        lost += lostBefore;
        if (unit != null) {
            hasHandedOver = true;
            sink.accept(new AccessUnit(unit, captureTimeUs, lost));
            lost = 0;
        } else if (isDamaged) {
            lost++;
        }
    }

    @Override
    public boolean apply(CameraSettings settings) {
        boolean isApplied = steering.apply(settings);
        format = steering.format(device.path(), webcam);
        return isApplied;
    }

    @Override
    public boolean requestKeyFrame() {
        return steering.requestKeyFrame();
    }

    @Override
    public void close() {
        frames.close();
        device.close();
    }
}
