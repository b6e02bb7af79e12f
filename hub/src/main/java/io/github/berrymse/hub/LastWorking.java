package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Remembers the last settings with which a picture came, for the time when with others none comes. Only settings that
 * took a picture away are on trial: a camera that was absent anyway says nothing about them. Times are {@link
 * System#nanoTime}. Thread-safe.
 */
final class LastWorking {
    private static final long ROLL_BACK_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long WORKS_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PLAYS_NS = TimeUnit.SECONDS.toNanos(2);

    private CameraSettings asked;
    private CameraSettings settings;

    /** When others than the asked settings were in force the last time. */
    private long othersNs = System.nanoTime();

    private long pictureNs = othersNs - PLAYS_NS;
    private boolean isOnTrial;

    LastWorking(CameraSettings asked) {
        this.asked = asked;
    }

    /** These settings are asked from now on. */
    synchronized void changed(CameraSettings newlyAsked) {
        asked = newlyAsked;
        othersNs = System.nanoTime();
        isOnTrial |= othersNs - pictureNs < PLAYS_NS;
    }

    /**
     * A picture came, of a camera with these settings. As long as they are not the asked ones, those are to be tried yet;
     * right after that it may still be of the settings before.
     */
    synchronized void picture(CameraSettings now, long nowNs) {
        boolean isAsked = now == asked || now.equals(asked);
        pictureNs = nowNs;
        if (!isOnTrial || isAsked && nowNs - othersNs > WORKS_NS) {
            settings = now;
            isOnTrial = false;
        }
        if (!isAsked) {
            othersNs = nowNs;
            isOnTrial = true;
        }
    }

    /** What to go back to from settings that took the picture away; empty while there is hope. */
    synchronized Optional<CameraSettings> insteadOf(CameraSettings tried) {
        return settings == null || hopeNs() > 0 || settings.equals(tried) ? Optional.empty() : Optional.of(settings);
    }

    /** How long there still is hope, in nanoseconds; 0 or less: none. */
    synchronized long hopeNs() {
        return isOnTrial ? ROLL_BACK_NS - (System.nanoTime() - Math.max(othersNs, pictureNs)) : Long.MAX_VALUE;
    }

    /** They were gone back to. */
    synchronized void restored() {
        isOnTrial = false;
    }
}
