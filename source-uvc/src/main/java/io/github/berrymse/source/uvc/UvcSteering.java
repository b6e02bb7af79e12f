package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.source.uvc.VideoConfig.Field;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.NamedControls;
import io.github.berrymse.v4l2.Touched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be set on a webcam while it streams, bit rate and controls, and what came of all that was asked. Confined to
 * the capture thread.
 */
final class UvcSteering {

    private static final Logger LOG = LoggerFactory.getLogger(UvcSteering.class);

    private final UvcOpening.Outcome outcome;
    private final Optional<LiveEncoder> encoder;
    private final Controls controls;
    private final Touched touched;

    private CameraSettings asked;
    private Optional<Integer> bitrateBps;
    private List<String> remarks = List.of();
    private Map<String, String> inForce = Map.of();

    /**
     * Sets the controls, which may be before it streams.
     *
     * @param outcome what the webcam was set to before
     * @param encoder what its encoder can be asked, if it can be asked anything
     * @param controls the webcam's
     * @param touched what was set on them before
     * @param asked what the webcam was opened for
     */
    UvcSteering(
            UvcOpening.Outcome outcome,
            Optional<LiveEncoder> encoder,
            Controls controls,
            Touched touched,
            CameraSettings asked) {
        this.outcome = outcome;
        this.encoder = encoder;
        this.controls = controls;
        this.touched = touched;
        this.asked = asked;
        this.bitrateBps = outcome.encoder().map(config -> (int) config.get(Field.BIT_RATE));
        setControls();
    }

    /**
     * Frame rate, key frame interval and profile are set before the start only; turning the picture is none of its business.
     */
    boolean apply(CameraSettings settings) {
        boolean isOfStart = outcome.encoder().isPresent()
                && (settings.keyFrameIntervalFrames() != asked.keyFrameIntervalFrames()
                        || !settings.profile().equals(asked.profile()));
        boolean isOtherRate = settings.framesPerSecond() != asked.framesPerSecond(); // EBUSY of uvcvideo
        if (isOfStart || isOtherRate || !settings.withLiveOf(asked).equals(asked)) {
            return false;
        }
        try {
            CameraSettings was = asked;
            asked = settings;
            boolean areControlsSet = !setControls().needsRestart(was.controls());
            return areControlsSet && (settings.bitrateBps() == was.bitrateBps() || isBitrateSet());
        } catch (LinuxException e) {
            LOG.debug("the camera does not answer, or is gone", e);
            return false;
        }
    }

    /**
     * False when the encoder is to be set up before the start: it cannot be set live at all, or refuses this bit rate. One
     * that took nothing then either keeps what it has, and that shows.
     */
    private boolean isBitrateSet() throws LinuxException {
        if (encoder.isEmpty() || !encoder.get().canSetBitrate()) {
            return outcome.encoder().isEmpty();
        }
        Optional<Integer> now = encoder.get().setBitrate(asked.bitrateBps());
        bitrateBps = now.or(() -> bitrateBps);
        return now.isPresent() || outcome.encoder().isEmpty();
    }

    private NamedControls setControls() {
        List<String> refusals = new ArrayList<>();
        NamedControls named = new NamedControls(controls, touched, refusals);
        named.set(asked.controls());
        remarks = List.copyOf(refusals);
        inForce = named.inForce();
        return named;
    }

    boolean requestKeyFrame() {
        return encoder.map(LiveEncoder::requestKeyFrame).orElse(false);
    }

    CaptureFormat format(String device, Webcam webcam) {
        return new CaptureFormat(
                device,
                webcam.toString(),
                outcome.size().width(),
                outcome.size().height(),
                outcome.rate().framesPerSecond(),
                bitrateBps.orElse(0),
                0,
                more(),
                remark());
    }

    private Map<String, String> more() {
        Map<String, String> more = new LinkedHashMap<>();
        outcome.encoder().ifPresent(config -> {
            if (config.get(Field.PROFILE) != 0) {
                more.put("profile", config.profile());
            }
            if (config.keyFrameIntervalFrames() > 0) {
                more.put("keyFrameIntervalFrames", Long.toString(config.keyFrameIntervalFrames()));
            }
        });
        more.putAll(inForce);
        return more;
    }

    private String remark() {
        List<String> all = new ArrayList<>(outcome.remarks());
        bitrateBps
                .filter(now -> asked.bitrateBps() > 0 && asked.bitrateBps() != now)
                .ifPresent(now -> all.add("bit rate " + now + " instead of " + asked.bitrateBps() + " bit/s"));
        all.addAll(remarks);
        return String.join("; ", all);
    }
}
