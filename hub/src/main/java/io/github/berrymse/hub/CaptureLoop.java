package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.VideoSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one camera: choose the best source, open, read until something changes, close, and again; after a failure
 * with back-off. Its {@link #run} is the capture thread; what other threads want of it they say by {@link #change} and
 * {@link #stop}. Thread-safe.
 */
final class CaptureLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);
    private static final long LOOK_AROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(10);

    /** What other threads want. */
    private record Wish(CameraSettings settings, long revision, boolean isStopped) {}

    private final Sources sources;
    private final Packing packing;
    private final Audience audience;
    private final LastWorking lastWorking = new LastWorking();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private CameraSettings settings;
    private VideoSource inUse;
    private boolean isStopped;
    private volatile long revision;
    private volatile CameraState state = CameraState.LOOKING;

    private long lastUnitNs;
    private long waitNs = FIRST_WAIT_NS;
    private String lastWarning = "";

    CaptureLoop(CameraSettings settings, Sources sources, Packing packing, Audience audience) {
        this.settings = settings;
        this.sources = sources;
        this.packing = packing;
        this.audience = audience;
    }

    CameraState state() {
        return state;
    }

    CameraSettings settings() {
        lock.lock();
        try {
            return settings;
        } finally {
            lock.unlock();
        }
    }

    /** The settings are others now: chooses again at once, and keeps the camera open where it can. */
    void change(CameraSettings newSettings) {
        lock.lock();
        try {
            if (!newSettings.equals(settings)) {
                settings = newSettings;
                lastWorking.changed();
            }
            lookAgain();
        } finally {
            lock.unlock();
        }
    }

    /** The sources, or what they would answer, are others now: chooses again at once, without waiting any longer. */
    void lookAgain() {
        lock.lock();
        try {
            revision++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a source that is going away is not in use any more, at most for the time given. */
    boolean release(VideoSource source, long timeoutMs) {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        lookAgain();
        lock.lock();
        try {
            while (inUse == source && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            return inUse != source;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #run} soon. */
    void stop() {
        lock.lock();
        try {
            isStopped = true;
            revision++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Wish wish() {
        lock.lock();
        try {
            return new Wish(settings, revision, isStopped);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        for (Wish wish = wish(); !wish.isStopped(); wish = wish()) {
            try {
                Sources.Choice choice = sources.best(wish.settings());
                use(choice.source());
                if (revision == wish.revision()) { // else the source may be on its way out
                    play(choice, wish);
                }
            } catch (Sources.NoSourceException e) {
                failed(e.getMessage(), wish);
                if (revision == wish.revision()) { // a source bundle that is being replaced is no reason to worry
                    warn(wish, e.getMessage());
                }
            } catch (CaptureException e) {
                warn(wish, e.getMessage());
                failed(e.getMessage(), wish);
            } catch (RuntimeException | Error e) { // whatever it is, the camera goes on
                LOG.debug("{}", wish.settings().name(), e);
                warn(wish, "the source failed with " + e);
                failed("the source failed with " + e, wish);
            } finally {
                use(null);
            }
        }
    }

    private void play(Sources.Choice choice, Wish wish) throws CaptureException {
        packing.renew();
        try (OpenCamera camera = new OpenCamera(choice, wish.settings(), packing)) {
            packing.restart();
            state = camera.playing().beforeFirstPicture();
            long seen = wish.revision();
            long lookedAroundNs = System.nanoTime();
            while (true) {
                boolean isTimeToLook = choice.isStandIn() && System.nanoTime() - lookedAroundNs > LOOK_AROUND_NS;
                if (revision != seen || isTimeToLook) {
                    Wish now = wish();
                    if (!isStillBest(choice, now) || !camera.apply(now.settings())) {
                        return;
                    }
                    seen = now.revision();
                    lookedAroundNs = System.nanoTime();
                }
                if (packing.renew() && !camera.canStartAnew()) {
                    return; // a new packager starts at a key frame, and this camera gives one when it is opened
                }
                read(camera);
                if (audience.takeKeyFrameWanted() && !camera.isAskedForKeyFrame()) {
                    audience.wantKeyFrame();
                }
            }
        } finally {
            audience.forgetPictures();
        }
    }

    /** Whether the camera may stay open: another source that comes or goes is no reason to interrupt the picture. */
    private boolean isStillBest(Sources.Choice choice, Wish now) throws CaptureException {
        return !now.isStopped() && sources.best(now.settings()).source() == choice.source();
    }

    private void read(OpenCamera camera) throws CaptureException {
        boolean hasRead = camera.read();
        lastUnitNs = camera.lastUnitNs();
        if (hasRead) {
            lastWorking.picture(camera.settings(), lastUnitNs);
            playing(camera);
        } else {
            rollBackIfHopeless(camera.settings());
            if (camera.isStalled()) {
                state = camera.playing().stalled();
            }
        }
    }

    private void playing(OpenCamera camera) {
        if (state == camera.playing()) {
            return;
        }
        if (!lastWarning.isEmpty()) {
            LOG.info("{}: the picture is back", camera.settings().name());
            lastWarning = "";
        }
        waitNs = FIRST_WAIT_NS;
        state = camera.playing();
    }

    /** Settings with which no picture has come for long give way to the last with which one did. */
    private void rollBackIfHopeless(CameraSettings tried) {
        lock.lock();
        try {
            if (tried.equals(settings)) {
                lastWorking.insteadOf(tried, lastUnitNs).ifPresent(working -> {
                    LOG.warn(
                            "{}: no picture for 5 s with the new settings; back to the last that worked", tried.name());
                    change(working);
                });
            }
        } finally {
            lock.unlock();
        }
    }

    private void warn(Wish wish, String reason) {
        if (!reason.equals(lastWarning)) {
            LOG.warn("{}: {}; trying again every 1 to 10 s", wish.settings().name(), reason);
            lastWarning = reason;
        }
    }

    private void failed(String reason, Wish wish) {
        state = CameraState.waiting(reason);
        use(null);
        lock.lock();
        try {
            long leftNs = waitNs;
            while (revision == wish.revision() && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            rollBackIfHopeless(wish.settings());
            waitNs = revision == wish.revision() ? Math.min(2 * waitNs, LONGEST_WAIT_NS) : FIRST_WAIT_NS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isStopped = true;
        } finally {
            lock.unlock();
        }
    }

    private void use(VideoSource source) {
        lock.lock();
        try {
            inUse = source;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
