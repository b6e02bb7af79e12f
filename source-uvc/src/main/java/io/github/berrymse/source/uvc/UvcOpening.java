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
    private final List<String> remarks = new ArrayList<>();

    UvcOpening(Device device, Webcam webcam, CameraSettings asked) {
        this.device = device;
        this.webcam = webcam;
        this.asked = asked;
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
        boolean isMuxed = !webcam.function().hasH264();
        String fourcc = isMuxed ? Webcam.MJPG : PixelFormat.H264;
        FrameSize wanted = new FrameSize(asked.width(), asked.height());
        FrameFormat format = setFormat(fourcc, isMuxed ? container(fourcc) : Modes.size(device.sizes(fourcc), wanted));
        FrameSize size = isMuxed ? wanted : new FrameSize(format.width(), format.height());
        if (!size.equals(wanted)) {
            remarks.add(size + " instead of " + wanted);
        }
        setRate(fourcc, new FrameSize(format.width(), format.height()));
        FrameRate rate = device.frameRate();
        Optional<VideoConfig> encoder = Optional.empty();
        if (unit.isPresent()) {
            EncoderSettings settings = new EncoderSettings(
                    size, rate, asked.bitrateBps(), asked.keyFrameIntervalFrames(), asked.profile(), isMuxed);
            encoder = new EncoderSetup(unit.get(), Quirks.of(webcam.usb()), settings, remarks).commit();
        } else {
            remarks.add("it has no H.264 extension unit, and keeps its own bit rate, key frame interval and profile");
        }
        if (isMuxed) {
            size = muxedSize(encoder);
        }
        return new Outcome(format, size, rate, encoder, List.copyOf(remarks));
    }

    private FrameSize container(String fourcc) {
        return Modes.container(device.sizes(fourcc), size -> device.rates(fourcc, size), asked.framesPerSecond());
    }

    private FrameFormat setFormat(String fourcc, FrameSize size) throws LinuxException, CaptureException {
        FrameFormat format = device.setFormat(fourcc, size.width(), size.height());
        if (!format.fourcc().equals(fourcc)) {
            throw new CaptureException(device.path() + " was asked for " + fourcc + " and gives " + format.fourcc()
                    + ": reconnect the camera");
        }
        return format;
    }

    private void setRate(String fourcc, FrameSize size) {
        if (asked.framesPerSecond() <= 0) {
            return;
        }
        FrameRate wanted = FrameRate.of(asked.framesPerSecond());
        try {
            FrameRate nearest = Modes.rate(device.rates(fourcc, size), asked.framesPerSecond())
                    .orElse(wanted);
            FrameRate got = device.setFrameRate(nearest);
            if (Math.abs(got.framesPerSecond() - wanted.framesPerSecond()) > 0.01) {
                remarks.add(got + " instead of " + wanted + " frames per second");
            }
        } catch (LinuxException e) {
            remarks.add("its frame rate cannot be set (" + e.getMessage() + ")");
        }
    }

    private FrameSize muxedSize(Optional<VideoConfig> encoder) throws LinuxException, CaptureException {
        device.format(); // throws when the refusal was because it is gone
        VideoConfig config = encoder.filter(its -> its.get(Field.STREAM_MUX_OPTION) == EncoderSetup.MUX_H264)
                .orElseThrow(() -> new CaptureException(Unfit.muxRefused(device.path(), webcam, remarks)));
        return new FrameSize((int) config.get(Field.WIDTH), (int) config.get(Field.HEIGHT));
    }
}
