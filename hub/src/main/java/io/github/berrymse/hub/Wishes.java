package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of a camera at the moment: the settings, or the last ones that worked, where the newest took the picture
 * away. Thread-safe.
 */
final class Wishes {
    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

    /** What is asked now; with each change, also of what sources would answer, the revision is another. */
    record Wish(CameraSettings settings, long revision) {}

    private final LastWorking lastWorking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private CameraSettings settings;

    /** What was asked for before it was rolled back; null when nothing was. */
    private CameraSettings inVain;

    private volatile long revision;

    Wishes(CameraSettings settings) {
        this.settings = settings;
        this.lastWorking = new LastWorking(settings);
    }

    Wish now() {
        lock.lock();
        try {
            return new Wish(settings, revision);
        } finally {
            lock.unlock();
        }
    }

    CameraSettings settings() {
        return now().settings();
    }

    /** Whether something else is asked now. */
    boolean areOther(Wish than) {
        return revision != than.revision();
    }

    /** The settings are others now. */
    void change(CameraSettings newSettings) {
        lock.lock();
        try {
            if (!newSettings.equals(settings)) {
                settings = newSettings;
                lastWorking.changed(newSettings);
            }
            inVain = null;
            lookAgain();
        } finally {
            lock.unlock();
        }
    }

    /** The sources, or their cameras, are others now: another device that was asked for in vain may be there. */
    void sourcesChanged() {
        lock.lock();
        try {
            if (inVain != null && !inVain.device().equals(settings.device())) {
                change(inVain);
            } else {
                lookAgain();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The choice may be another now: nobody waits any longer. */
    void lookAgain() {
        lock.lock();
        try {
            revision++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A camera is open with these settings, or cannot be: from now on it shows whether they work. */
    void inForce(CameraSettings now) {
        lastWorking.inForce(now);
    }

    /** With these settings a picture came, at that {@link System#nanoTime}. */
    void work(CameraSettings working, long pictureNs) {
        lastWorking.picture(working, pictureNs);
    }

    /** Settings that took the picture away give way to the last with which one came. */
    void rollBackIfHopeless(CameraSettings tried) {
        lock.lock();
        try {
            Optional<CameraSettings> working = lastWorking.insteadOf(tried);
            if (working.isPresent() && tried.equals(settings)) {
                String words = SettingsChange.words(working.get(), tried);
                LOG.warn("{}: no picture for 5 s with {}; back to the last settings that worked", tried.name(), words);
                change(working.get());
                inVain = tried;
                lastWorking.restored();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The state, and that it is not what was asked for. */
    CameraState remarkOn(CameraState state) {
        lock.lock();
        try {
            return inVain == null
                    ? state
                    : state.remarking("the last settings that worked, as there was no picture with "
                            + SettingsChange.words(settings, inVain));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something else is asked, or the camera is to be tried again.
     *
     * @return whether something else is asked
     */
    boolean await(Wish than, long longestNs) throws InterruptedException {
        lock.lock();
        try {
            long hopeNs = lastWorking.hopeNs();
            long leftNs = hopeNs > 0 ? Math.min(longestNs, hopeNs) : longestNs;
            while (!areOther(than) && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            rollBackIfHopeless(than.settings());
            return areOther(than);
        } finally {
            lock.unlock();
        }
    }
}
