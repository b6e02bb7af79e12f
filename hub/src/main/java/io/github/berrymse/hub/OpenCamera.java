package io.github.berrymse.hub;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A camera from when it is opened until it is closed. Confined to the capture thread. */
final class OpenCamera implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCamera.class);
    private static final int READ_TIMEOUT_MS = 100;
    private static final long STALLED_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long KEY_FRAME_NS = TimeUnit.SECONDS.toNanos(1);

    private final Sources.Choice choice;
    private final Packing packing;
    private final Capture capture;
    private final UnaryOperator<String> ifNew;
    private final AccessUnitSink accept = this::accept;
    private CameraSettings settings;
    private CameraState playing;
    private long lastUnitNs = System.nanoTime();
    private long lastPictureNs = lastUnitNs;
    private long lastKeyFrameRequestNs = lastUnitNs - KEY_FRAME_NS;

    /** @param ifNew of a camera's remark what is worth logging */
    OpenCamera(Sources.Choice choice, CameraSettings settings, Packing packing, UnaryOperator<String> ifNew)
            throws CaptureException {
        this.choice = choice;
        this.settings = settings;
        this.packing = packing;
        this.ifNew = ifNew;
        capture = choice.source().open(settings);
        try {
            playing = CameraState.playing(choice, capture.format());
            packing.rotate(playing.missingTurnDegrees(settings));
        } catch (RuntimeException | Error e) {
            capture.close();
            throw e;
        }
        LOG.info("{}: source {} plays {}", settings.name(), playing.source(), playing.words(ifNew));
    }

    Sources.Choice choice() {
        return choice;
    }

    /** What it was opened for, and what was applied since. */
    CameraSettings settings() {
        return settings;
    }

    /** What it does while pictures come; the same object until other settings are applied. */
    CameraState playing() {
        return playing;
    }

    /** When the newest picture came that was packed, or it was opened. */
    long lastPictureNs() {
        return lastPictureNs;
    }

    /** Whether it may be silent for long without fault. */
    boolean mayBeSilent() {
        return capture.mayBeSilent();
    }

    /** Whether it has the settings now; else it must be opened anew for them. */
    boolean apply(CameraSettings now) {
        if (now.equals(settings)) {
            return true;
        }
        if (!capture.apply(now)) {
            return false;
        }
        playing = CameraState.playing(choice, capture.format());
        packing.rotate(playing.missingTurnDegrees(now));
        String remark = ifNew.apply(playing.applied().remark());
        LOG.info(
                "{}: changed while it plays: {}{}",
                now.name(),
                SettingsChange.words(settings, now),
                remark.isEmpty() ? "" : "; " + remark);
        settings = now;
        return true;
    }

    /**
     * Waits a little for the next access unit.
     *
     * @return whether a picture came
     * @throws CaptureException also when none has come for long from a camera that should give some
     */
    boolean read() throws CaptureException {
        long picturesBefore = packing.framesPacked();
        capture.read(accept, READ_TIMEOUT_MS);
        if (packing.framesPacked() != picturesBefore) {
            lastPictureNs = lastUnitNs;
            return true;
        }
        if (System.nanoTime() - lastUnitNs > GIVE_UP_NS && !capture.mayBeSilent()) {
            throw new CaptureException(playing.applied().device() + " has given no picture for 10 s; opening it again");
        }
        return false;
    }

    private void accept(AccessUnit unit) {
        lastUnitNs = System.nanoTime();
        packing.accept(unit);
    }

    /** What it does after no picture has come for a while; before that, empty. */
    Optional<CameraState> stalled() {
        long nowNs = System.nanoTime();
        if (nowNs - lastPictureNs < STALLED_NS) {
            return Optional.empty();
        }
        return Optional.of(nowNs - lastUnitNs < STALLED_NS ? playing.undecodable() : playing.stalled());
    }

    /** Whether it gives a key frame on request, or will be written one by whoever feeds it. */
    boolean canStartAnew() {
        return capture.requestKeyFrame() || capture.mayBeSilent();
    }

    /** Asks for a key frame unless one was asked for just now. @return whether it did */
    boolean isAskedForKeyFrame() {
        long nowNs = System.nanoTime();
        if (nowNs - lastKeyFrameRequestNs < KEY_FRAME_NS) {
            return false;
        }
        lastKeyFrameRequestNs = nowNs;
        capture.requestKeyFrame();
        return true;
    }

    @Override
    public void close() {
        capture.close();
    }
}
