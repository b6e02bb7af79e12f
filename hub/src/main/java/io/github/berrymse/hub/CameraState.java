package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What a camera does, in words. Immutable.
 *
 * @param name as {@link io.github.berrymse.api.StreamStatus#state}
 * @param reason why, one sentence
 * @param source the name of the source in use, or null
 * @param applied what the camera says it delivers, or null
 */
record CameraState(String name, String reason, String source, CaptureFormat applied) {

    /** No camera was looked for yet. */
    static final CameraState LOOKING = new CameraState("starting", "looking for the camera", null, null);

    /** No camera is open. */
    static CameraState waiting(String reason) {
        return new CameraState("waiting", reason, null, null);
    }

    /** A camera is open and gives pictures; {@link #reason} says which. */
    static CameraState playing(Sources.Choice choice, CaptureFormat format) {
        String what = words(format)
                + (choice.isStandIn() ? ", as " + choice.suitability().reason() : "");
        return new CameraState("playing", what, choice.source().name(), format);
    }

    /** The reason, with the camera's remark only if that is to be said again. */
    String words(UnaryOperator<String> ifNew) {
        String remark = applied.remark();
        return ifNew.apply(remark).isEmpty() && !remark.isEmpty() ? reason.replace("; " + remark, "") : reason;
    }

    /** How far players are to turn the pictures, clockwise: what was asked less what the camera does itself. */
    int missingTurnDegrees(CameraSettings asked) {
        return asked.rotationDegrees() < 0 ? 0 : (asked.rotationDegrees() - applied.rotationDegrees() + 360) % 360;
    }

    /** A camera that will be playing, before its first picture. */
    CameraState beforeFirstPicture() {
        return new CameraState("starting", "waiting for the first picture of " + reason, source, applied);
    }

    /** A camera that was playing and gives no picture any more. */
    CameraState stalled() {
        return new CameraState("stalled", applied.device() + " gives no picture", source, applied);
    }

    /** A camera that gives something, but nothing that a player could start with. */
    CameraState undecodable() {
        String what = applied.device() + " gives no key frame with its parameter sets (rpicam-vid needs --inline)";
        return new CameraState("stalled", what, source, applied);
    }

    /** The same, with a remark. */
    CameraState remarking(String remark) {
        return new CameraState(name, reason + "; " + remark, source, applied);
    }

    /** A source or codec that does not return from a call. */
    static CameraState hanging(String source, CaptureFormat applied, long seconds) {
        return new CameraState(
                "stalled", "the source " + source + " has not answered for " + seconds + " s", source, applied);
    }

    private static String words(CaptureFormat format) {
        StringBuilder words = new StringBuilder(format.device());
        if (!format.description().isEmpty()) {
            words.append(" (").append(format.description()).append(')');
        }
        if (format.width() > 0) {
            words.append(", ").append(format.width()).append('x').append(format.height());
        }
        if (format.framesPerSecond() > 0) {
            words.append(String.format(Locale.ROOT, ", %.4g fps", format.framesPerSecond()));
        }
        return format.remark().isEmpty()
                ? words.toString()
                : words.append("; ").append(format.remark()).toString();
    }
}
