package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Remembers the last settings with which a picture came, for the time when with others none comes. Times are {@link
 * System#nanoTime}. Thread-safe.
 */
final class LastWorking {
    private static final long ROLL_BACK_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long WORKS_NS = TimeUnit.SECONDS.toNanos(1);

    private volatile CameraSettings settings;
    private volatile long changedNs = System.nanoTime();

    /** The settings are others from now on. */
    void changed() {
        changedNs = System.nanoTime();
    }

    /** A picture came; pictures that come right after a change may be of the settings before it. */
    void picture(CameraSettings now, long pictureNs) {
        if (settings != now && pictureNs - changedNs > WORKS_NS) {
            settings = now;
        }
    }

    /** What to go back to from settings with which no picture has come for long; empty while there is hope. */
    Optional<CameraSettings> insteadOf(CameraSettings tried, long lastPictureNs) {
        boolean isHopeless = System.nanoTime() - Math.max(changedNs, lastPictureNs) > ROLL_BACK_NS;
        return Optional.ofNullable(settings).filter(working -> isHopeless && !tried.equals(working));
    }
}
