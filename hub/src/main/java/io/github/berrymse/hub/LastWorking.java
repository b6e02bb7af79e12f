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
    private boolean isInForce;
    private boolean isOnTrial;
    private boolean isGoingBack;
    private long restoredNs;

    LastWorking(CameraSettings asked) {
        this.asked = asked;
    }

    /** These settings are asked from now on. */
    synchronized void changed(CameraSettings newlyAsked) {
        asked = newlyAsked;
        othersNs = System.nanoTime();
        isInForce = false;
        boolean tookPictureAway = othersNs - pictureNs < PLAYS_NS;
        isOnTrial |= tookPictureAway || isGoingBack && othersNs - restoredNs < ROLL_BACK_NS;
        isGoingBack = false;
    }

    /** A camera was opened with these settings, or they were applied to it, or it cannot be. */
    synchronized void inForce(CameraSettings now) {
        if (!isInForce && isAsked(now)) {
            isInForce = true;
            othersNs = System.nanoTime();
        }
    }

    /**
     * A picture came, of a camera with these settings. As long as they are not the asked ones, those are to be tried yet;
     * right after that it may still be of the settings before.
     */
    synchronized void picture(CameraSettings now, long nowNs) {
        boolean isAsked = isAsked(now);
        if (isGoingBack && !isAsked) {
            return; // too late: they were given up
        }
        isGoingBack = false;
        pictureNs = Math.max(pictureNs, nowNs);
        if (!isOnTrial || isAsked && nowNs - othersNs > WORKS_NS) {
            settings = now;
            isOnTrial = false;
        }
        if (!isAsked) {
            othersNs = Math.max(othersNs, nowNs);
            isOnTrial = true;
        }
    }

    private boolean isAsked(CameraSettings now) {
        return now == asked || now.equals(asked);
    }

    /** What to go back to from settings that took the picture away; empty while there is hope. */
    synchronized Optional<CameraSettings> insteadOf(CameraSettings tried) {
        return settings == null || hopeNs() > 0 || settings.equals(tried) ? Optional.empty() : Optional.of(settings);
    }

    /** How long there still is hope, in nanoseconds; 0 or less: none. */
    synchronized long hopeNs() {
        long sinceNs = System.nanoTime() - Math.max(othersNs, pictureNs);
        return !isOnTrial ? Long.MAX_VALUE : isInForce ? ROLL_BACK_NS - sinceNs : ROLL_BACK_NS;
    }

    /** They were gone back to: until they give a picture, which takes a moment, others that are asked are on trial as well. */
    synchronized void restored() {
        isOnTrial = false;
        isGoingBack = true;
        restoredNs = System.nanoTime();
    }
}
