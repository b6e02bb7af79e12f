package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.VideoSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one camera: choose the best source, open, read until something changes, close, and again; after a failure
 * with back-off. Its {@link #run} is the capture thread; what other threads want of it they say by {@link #change} and
 * {@link #stop}. One whose thread hangs in a source or codec is abandoned, and another takes its place. Thread-safe.
 */
final class CaptureLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);
    private static final long LOOK_AROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long HANGS_NS = TimeUnit.SECONDS.toNanos(5);

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
    private volatile boolean isAbandoned;
    private volatile long revision;
    private volatile CameraState state = CameraState.LOOKING;

    /** When the capture thread last called a source; 0 while it does not. */
    private volatile long callNs;

    private Wish asked;
    private Future<Sources.Choice> answer;
    private long lookedAroundNs;
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
            lookAgain();
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #run} when the call in which its thread hangs returns, if ever: it has no part in the stream any more. */
    void abandon() {
        lock.lock();
        try {
            isAbandoned = true;
            packing.abandon();
            stop();
        } finally {
            lock.unlock();
        }
    }

    /** For how long the source or codec has not returned from a call, in nanoseconds; says so after a while. */
    long hangsNs(long nowNs) {
        long sinceNs = callNs;
        long hangsNs = sinceNs == 0 ? 0 : nowNs - sinceNs;
        if (hangsNs > HANGS_NS) {
            lock.lock();
            try {
                state = CameraState.hanging(inUse, state.applied(), TimeUnit.NANOSECONDS.toSeconds(hangsNs));
            } finally {
                lock.unlock();
            }
        }
        return hangsNs;
    }

    /** The source that was called last, or null. */
    VideoSource inUse() {
        lock.lock();
        try {
            return inUse;
        } finally {
            lock.unlock();
        }
    }

    private void calls() {
        callNs = System.nanoTime() | 1;
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

    /** Until another source, or settings that the camera cannot take while it plays, make it close. */
    private void play(Sources.Choice choice, Wish wish) throws CaptureException {
        calls();
        packing.renew();
        try (OpenCamera camera = new OpenCamera(choice, wish.settings(), packing)) {
            packing.restart();
            state = camera.playing().beforeFirstPicture();
            asked = wish;
            answer = null;
            lookedAroundNs = System.nanoTime();
            while (isToStay(camera)) {
                calls();
                read(camera);
                if (audience.takeKeyFrameWanted() && !camera.isAskedForKeyFrame()) {
                    audience.wantKeyFrame();
                }
            }
        } finally {
            callNs = 0;
            if (!isAbandoned) {
                audience.forgetPictures();
            }
        }
    }

    /** Whether the camera may stay open: another source that comes or goes is no reason to interrupt the picture. */
    private boolean isToStay(OpenCamera camera) throws CaptureException {
        boolean isTimeToLook = camera.choice().isStandIn() && System.nanoTime() - lookedAroundNs > LOOK_AROUND_NS;
        if (answer == null && (revision != asked.revision() || isTimeToLook)) {
            asked = wish();
            answer = sources.ask(asked.settings());
        }
        if (asked.isStopped()) {
            return false;
        }
        if (answer != null && answer.isDone()) {
            if (best(answer).source() != camera.choice().source() || !camera.apply(asked.settings())) {
                return false;
            }
            answer = null;
            lookedAroundNs = System.nanoTime();
        }
        // a new packager starts at a key frame: a camera that gives none on request gives one when it is opened
        return !packing.renew() || camera.canStartAnew();
    }

    private static Sources.Choice best(Future<Sources.Choice> answer) throws CaptureException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // it is done
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CaptureException cause ? cause : new CaptureException("" + e.getCause(), e);
        }
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
        if (!reason.equals(lastWarning) && !isAbandoned) {
            LOG.warn("{}: {}; trying again every 1 to 10 s", wish.settings().name(), reason);
            lastWarning = reason;
        }
    }

    private void failed(String reason, Wish wish) {
        callNs = 0;
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
