package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a camera's settings, whoever wrote them: the launcher checks what is in config.yml, but ConfigAdmin
 * takes configurations from every bundle.
 */
final class SettingsCheck {
    private static final int SMALLEST = 16;
    private static final int LARGEST = 8192;
    private static final List<Integer> ROTATIONS = List.of(-1, 0, 90, 180, 270);
    private static final List<String> PROFILES = List.of("", "baseline", "constrained-baseline", "main", "high");
    private static final List<String> FRAMINGS = List.of("annexb", "len32");

    private SettingsCheck() {}

    /** One sentence with property, value and what is allowed; empty when all is well. */
    static Optional<String> wrong(CameraSettings settings) {
        if (!settings.name().matches("[A-Za-z0-9_-]+")) {
            return wrong("camera.name", settings.name(), "not of letters, digits, dash and underscore");
        }
        if (!isSize(settings.width())) {
            return wrong("width", settings.width(), "not an even number from 16 to 8192");
        }
        if (!isSize(settings.height())) {
            return wrong("height", settings.height(), "not an even number from 16 to 8192");
        }
        if (settings.bitrateBps() < 1 && settings.bitrateBps() != -1) {
            return wrong("bitrate", settings.bitrateBps(), "not -1, nor 1 or more");
        }
        if (!ROTATIONS.contains(settings.rotationDegrees())) {
            return wrong("rotation", settings.rotationDegrees(), "none of -1, 0, 90, 180 and 270");
        }
        if (!(settings.framesPerSecond() >= 0 && settings.framesPerSecond() <= 1000)) {
            return wrong("framerate", settings.framesPerSecond(), "not a number from 0 to 1000");
        }
        if (settings.keyFrameIntervalFrames() < 0) {
            return wrong("keyframe.interval", settings.keyFrameIntervalFrames(), "not 0 or more");
        }
        if (!PROFILES.contains(settings.profile())) {
            return wrong("profile", settings.profile(), "none of baseline, constrained-baseline, main and high");
        }
        return FRAMINGS.contains(settings.framing())
                ? Optional.empty()
                : wrong("framing", settings.framing(), "neither annexb nor len32");
    }

    private static boolean isSize(int pixels) {
        return pixels >= SMALLEST && pixels <= LARGEST && pixels % 2 == 0;
    }

    private static Optional<String> wrong(String property, Object value, String what) {
        return Optional.of(property + ": '" + value + "' is " + what);
    }
}
