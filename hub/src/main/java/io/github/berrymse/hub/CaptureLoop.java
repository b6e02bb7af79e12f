package io.github.berrymse.hub;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
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
    private static final int READ_TIMEOUT_MS = 100;
    private static final long STALLED_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_AROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long ROLL_BACK_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long WORKS_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEY_FRAME_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(10);

    /** What other threads want. */
    private record Wish(CameraSettings settings, long revision, boolean isStopped) {}

    /** What the camera does, in words. */
    record State(String name, String reason, String source, CaptureFormat applied) {}

    private final Sources sources;
    private final Packing packing;
    private final Audience audience;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private CameraSettings settings;
    private CameraSettings working;
    private long changedNs = System.nanoTime();
    private VideoSource inUse;
    private boolean isStopped;
    private volatile long revision;
    private volatile State state = new State("starting", "looking for the camera", null, null);

    private long lastUnitNs;
    private long lastKeyFrameRequestNs = System.nanoTime() - KEY_FRAME_NS;
    private long waitNs = FIRST_WAIT_NS;
    private String lastWarning = "";

    CaptureLoop(CameraSettings settings, Sources sources, Packing packing, Audience audience) {
        this.settings = settings;
        this.sources = sources;
        this.packing = packing;
        this.audience = audience;
    }

    State state() {
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
                changedNs = System.nanoTime();
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
        try (Capture capture = choice.source().open(wish.settings())) {
            packing.restart();
            State playing = opened(choice, wish.settings(), capture.format());
            lastUnitNs = System.nanoTime();
            long lookAroundNs = lastUnitNs;
            long seen = wish.revision();
            CameraSettings opened = wish.settings();
            while (true) {
                boolean isTimeToLook = choice.isStandIn() && System.nanoTime() - lookAroundNs > LOOK_AROUND_NS;
                if (revision != seen || isTimeToLook) {
                    Wish now = wish();
                    if (!isStillBest(choice, now) || !isApplied(capture, opened, now.settings())) {
                        return;
                    }
                    if (!now.settings().equals(opened)) {
                        opened = now.settings();
                        playing = opened(choice, opened, capture.format());
                    }
                    seen = now.revision();
                    lookAroundNs = System.nanoTime();
                }
                if (packing.renew() && !capture.requestKeyFrame() && !capture.mayBeSilent()) {
                    return; // a new packager starts at a key frame, and this camera gives one when it is opened
                }
                if (!capture.read(this::accept, READ_TIMEOUT_MS)) {
                    rollBackIfHopeless(opened);
                    stalled(playing, capture.mayBeSilent());
                } else {
                    playing(playing, opened);
                }
                if (audience.takeKeyFrameWanted()) {
                    requestKeyFrame(capture);
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

    private static boolean isApplied(Capture capture, CameraSettings opened, CameraSettings now) {
        return now.equals(opened) || capture.apply(now);
    }

    private State opened(Sources.Choice choice, CameraSettings now, CaptureFormat format) {
        String source = choice.source().name();
        String what = words(format)
                + (choice.isStandIn() ? ", as " + choice.suitability().reason() : "");
        LOG.info("{}: source {} plays {}", now.name(), source, what);
        state = new State("starting", "waiting for the first picture of " + what, source, format);
        return new State("playing", what, source, format);
    }

    private void accept(AccessUnit unit) {
        lastUnitNs = System.nanoTime();
        packing.accept(unit);
    }

    private void playing(State playing, CameraSettings now) {
        if (working != now && lastUnitNs - changedNs > WORKS_NS) {
            working = now;
        }
        if (state == playing) {
            return;
        }
        if (!lastWarning.isEmpty()) {
            LOG.info("{}: the picture is back", now.name());
            lastWarning = "";
        }
        waitNs = FIRST_WAIT_NS;
        state = playing;
    }

    /** Settings with which no picture has come for long give way to the last with which one did. */
    private void rollBackIfHopeless(CameraSettings tried) {
        lock.lock();
        try {
            boolean isHopeless = System.nanoTime() - Math.max(changedNs, lastUnitNs) > ROLL_BACK_NS;
            if (isHopeless && working != null && !tried.equals(working) && tried.equals(settings)) {
                LOG.warn("{}: no picture for 5 s with the new settings; back to the last that worked", tried.name());
                change(working);
            }
        } finally {
            lock.unlock();
        }
    }

    private void stalled(State playing, boolean mayBeSilent) throws CaptureException {
        long stalledNs = System.nanoTime() - lastUnitNs;
        if (stalledNs > GIVE_UP_NS && !mayBeSilent) {
            throw new CaptureException(playing.applied().device() + " has given no picture for 10 s; opening it again");
        }
        if (stalledNs > STALLED_NS) {
            String reason = playing.applied().device() + " gives no picture";
            state = new State("stalled", reason, playing.source(), playing.applied());
        }
    }

    private void requestKeyFrame(Capture capture) {
        long nowNs = System.nanoTime();
        if (nowNs - lastKeyFrameRequestNs >= KEY_FRAME_NS) {
            lastKeyFrameRequestNs = nowNs;
            capture.requestKeyFrame();
        } else {
            audience.wantKeyFrame();
        }
    }

    private void warn(Wish wish, String reason) {
        if (!reason.equals(lastWarning)) {
            LOG.warn("{}: {}; trying again every 1 to 10 s", wish.settings().name(), reason);
            lastWarning = reason;
        }
    }

    private void failed(String reason, Wish wish) {
        state = new State("waiting", reason, null, null);
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

    private static String words(CaptureFormat format) {
        StringBuilder words = new StringBuilder(format.device());
        if (!format.description().isEmpty()) {
            words.append(" (").append(format.description()).append(')');
        }
        if (format.width() > 0) {
            words.append(", ").append(format.width()).append('x').append(format.height());
        }
        if (format.framesPerSecond() > 0) {
            words.append(String.format(java.util.Locale.ROOT, ", %.4g fps", format.framesPerSecond()));
        }
        return format.remark().isEmpty()
                ? words.toString()
                : words.append("; ").append(format.remark()).toString();
    }
}
