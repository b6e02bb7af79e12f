package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.source.uvc.VideoConfig.Field;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets a webcam to what was asked before it streams: format, size and rate, then its encoder. Confined to the capture
 * thread.
 */
final class UvcOpening {

    private final Device device;
    private final Webcam webcam;
    private final CameraSettings asked;
    private final FrameSize wanted;
    private final List<String> remarks = new ArrayList<>();

    UvcOpening(Device device, Webcam webcam, CameraSettings asked) {
        this.device = device;
        this.webcam = webcam;
        this.asked = asked;
        this.wanted = new FrameSize(asked.width(), asked.height());
    }

    /**
     * What a webcam is set to. Immutable.
     *
     * @param format of the frames that the driver delivers
     * @param size of the H.264 pictures
     * @param rate of the H.264 pictures; unknown when the driver does not tell
     * @param encoder what its encoder is set to; empty when it has no say in that
     * @param remarks what differs from what was asked, but for the bit rate, in words
     */
    record Outcome(
            FrameFormat format, FrameSize size, FrameRate rate, Optional<VideoConfig> encoder, List<String> remarks) {}

    /** @param unit the camera's, if it has one */
    Outcome apply(Optional<H264Unit> unit) throws LinuxException, CaptureException {
        return webcam.function().hasH264() ? applyNative(unit) : applyMuxed(unit.orElseThrow());
    }

    private Outcome applyNative(Optional<H264Unit> unit) throws LinuxException, CaptureException {
        FrameFormat format = setFormat(PixelFormat.H264, Modes.size(device.sizes(PixelFormat.H264), wanted));
        FrameSize size = new FrameSize(format.width(), format.height());
        if (!size.equals(wanted)) {
            remarks.add(size + " instead of " + wanted);
        }
        setRate(nearestRate(PixelFormat.H264, size));
        FrameRate rate = told(device.frameRate());
        Optional<VideoConfig> encoder = Optional.empty();
        if (unit.isPresent()) {
            encoder = commit(unit.get(), rate, size, false);
        } else {
            remarks.add("it has no H.264 extension unit, and keeps its own bit rate, key frame interval and profile");
        }
        return new Outcome(format, size, rate, encoder, List.copyOf(remarks));
    }

    /** Some cameras put no H.264 into the JPEGs of a format that was set before the encoder was. */
    private Outcome applyMuxed(H264Unit unit) throws LinuxException, CaptureException {
        FrameSize container = Modes.container(
                device.sizes(Webcam.MJPG), size -> device.rates(Webcam.MJPG, size), asked.framesPerSecond());
        Optional<FrameRate> rate = nearestRate(Webcam.MJPG, container);
        Optional<VideoConfig> encoder = commit(unit, rate.orElse(FrameRate.UNKNOWN), wanted, true);
        if (encoder.map(its -> its.get(Field.STREAM_MUX_OPTION)).orElse(0L) != EncoderSetup.MUX_H264) {
            device.format(); // throws when the refusal was because it is gone
            throw new CaptureException(Unfit.muxRefused(device.path(), webcam, remarks));
        }
        FrameFormat format = setFormat(Webcam.MJPG, container);
        setRate(rate);
        VideoConfig config = encoder.get();
        FrameSize size = new FrameSize((int) config.get(Field.WIDTH), (int) config.get(Field.HEIGHT));
        FrameRate slower = told(Modes.slower(device.frameRate(), config.rate()));
        return new Outcome(format, size, slower, encoder, List.copyOf(remarks));
    }

    private Optional<VideoConfig> commit(H264Unit unit, FrameRate rate, FrameSize size, boolean isMuxed)
            throws LinuxException {
        EncoderSettings settings = new EncoderSettings(
                size, rate, asked.bitrateBps(), asked.keyFrameIntervalFrames(), asked.profile(), isMuxed);
        return new EncoderSetup(unit, Quirks.of(webcam.usb()), settings, remarks).commit();
    }

    private FrameFormat setFormat(String fourcc, FrameSize size) throws LinuxException, CaptureException {
        FrameFormat format = device.setFormat(fourcc, size.width(), size.height());
        if (!format.fourcc().equals(fourcc)) {
            throw new CaptureException(device.path() + " was asked for " + fourcc + " and gives " + format.fourcc()
                    + ": reconnect the camera");
        }
        return format;
    }

    /** Empty when the camera's own is left to it. */
    private Optional<FrameRate> nearestRate(String fourcc, FrameSize size) {
        return asked.framesPerSecond() > 0
                ? Modes.rate(device.rates(fourcc, size), asked.framesPerSecond())
                        .or(() -> Optional.of(FrameRate.of(asked.framesPerSecond())))
                : Optional.empty();
    }

    private void setRate(Optional<FrameRate> rate) {
        if (rate.isEmpty()) {
            return;
        }
        try {
            device.setFrameRate(rate.get());
        } catch (LinuxException e) {
            remarks.add("its frame rate cannot be set (" + e.getMessage() + ")");
        }
    }

    private FrameRate told(FrameRate rate) {
        Modes.remark(rate, asked.framesPerSecond()).ifPresent(remarks::add);
        return rate;
    }
}
