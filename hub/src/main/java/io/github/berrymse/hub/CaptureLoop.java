package io.github.berrymse.hub;

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
 * with back-off. Its {@link #run} is the capture thread; what other threads want of it is in {@link Wishes}. One whose
 * thread hangs in a source or codec is abandoned, and another takes its place. Thread-safe.
 */
final class CaptureLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);
    private static final long LOOK_AROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long HANGS_NS = TimeUnit.SECONDS.toNanos(5);

    private final Wishes wishes;
    private final Sources sources;
    private final Packing packing;
    private final Audience audience;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private volatile VideoSource inUse;
    private volatile String inUseName = "?";
    private volatile boolean isStopped;
    private volatile boolean isAbandoned;
    private volatile CameraState state = CameraState.LOOKING;

    /** When the capture thread last called a source; 0 while it does not. */
    private volatile long callNs;

    private volatile long chosenRevision = -1;

    private Wishes.Wish asked;
    private Future<Sources.Choice> answer;
    private long lookedAroundNs;
    private long waitNs = FIRST_WAIT_NS;
    private String lastWarning = "";
    private String lastRemark = "";

    CaptureLoop(Wishes wishes, Sources sources, Packing packing, Audience audience) {
        this.wishes = wishes;
        this.sources = sources;
        this.packing = packing;
        this.audience = audience;
    }

    CameraState state() {
        return wishes.remarkOn(state);
    }

    /** The revision of the wish for which the source was chosen that plays; -1 before that. */
    long chosenRevision() {
        return chosenRevision;
    }

    /** Waits until a source that is going away is not in use any more, at most for the time given. */
    boolean release(VideoSource source, long timeoutMs) {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        wishes.lookAgain();
        lock.lock();
        try {
            while (inUse == source && leftNs > 0) {
                leftNs = released.awaitNanos(leftNs);
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
        isStopped = true;
        wishes.lookAgain();
    }

    /** Ends {@link #run} when the call in which its thread hangs returns, if ever: it has no part in the stream any more. */
    void abandon() {
        isAbandoned = true;
        packing.abandon();
        stop();
    }

    /** For how long the source or codec has not returned from a call, in nanoseconds; says so after a while. */
    long hangsNs(long nowNs) {
        lock.lock();
        try {
            long sinceNs = callNs;
            long hangsNs = sinceNs == 0 ? 0 : nowNs - sinceNs;
            if (hangsNs > HANGS_NS) {
                state = CameraState.hanging(inUseName, state.applied(), TimeUnit.NANOSECONDS.toSeconds(hangsNs));
            }
            return hangsNs;
        } finally {
            lock.unlock();
        }
    }

    /** The name of the source that was called last. */
    String inUseName() {
        return inUseName;
    }

    /** The source that was called last, or null. */
    VideoSource inUse() {
        return inUse;
    }

    private void calls() {
        callNs = System.nanoTime() | 1;
    }

    @Override
    public void run() {
        while (!isStopped) {
            Wishes.Wish wish = wishes.now();
            try {
                Sources.Choice choice = sources.best(wish.settings());
                use(choice.source());
                if (!wishes.areOther(wish)) { // else the source may be on its way out
                    play(choice, wish);
                }
            } catch (Sources.NoSourceException e) {
                failed(e.getMessage(), wish);
                if (!wishes.areOther(wish)) { // a source bundle that is being replaced is no reason to worry
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
    private void play(Sources.Choice choice, Wishes.Wish wish) throws CaptureException {
        calls();
        packing.renew();
        try (OpenCamera camera = new OpenCamera(choice, wish.settings(), packing, this::ifNew)) {
            packing.restart();
            wishes.inForce(wish.settings());
            state = camera.playing().beforeFirstPicture();
            asked = wish;
            chosenRevision = wish.revision();
            answer = null;
            lookedAroundNs = System.nanoTime();
            while (isToStay(camera)) {
                calls();
                read(camera);
                if (!isStopped && audience.takeKeyFrameWanted() && !camera.isAskedForKeyFrame()) {
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
        if (answer == null && (wishes.areOther(asked) || isTimeToLook)) {
            asked = wishes.now();
            answer = sources.ask(asked.settings(), asked.settings().equals(camera.settings()) ? camera.choice() : null);
        }
        if (isStopped) {
            return false;
        }
        if (answer != null && answer.isDone()) {
            if (best(answer).source() != camera.choice().source() || !camera.apply(asked.settings())) {
                return false;
            }
            wishes.inForce(asked.settings());
            chosenRevision = asked.revision();
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
        boolean isPicture = camera.read();
        if (isAbandoned) {
            return;
        }
        if (isPicture) {
            wishes.work(camera.settings(), camera.lastPictureNs());
            playing(camera);
            return;
        }
        if (packing.trouble() == null && !camera.mayBeSilent()) {
            wishes.rollBackIfHopeless(camera.settings());
        }
        camera.stalled().ifPresent(stalled -> state = stalled);
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

    /** A remark that was not the last one already; what a driver lacks is said once. */
    private String ifNew(String remark) {
        String news = remark.equals(lastRemark) ? "" : remark;
        lastRemark = remark;
        return news;
    }

    private void warn(Wishes.Wish wish, String reason) {
        if (!reason.equals(lastWarning) && !isAbandoned) {
            LOG.warn("{}: {}; trying again every 1 to 10 s", wish.settings().name(), reason);
            lastWarning = reason;
        }
    }

    private void failed(String reason, Wishes.Wish wish) {
        lock.lock();
        try {
            callNs = 0;
            state = CameraState.waiting(reason);
            use(null);
        } finally {
            lock.unlock();
        }
        try {
            wishes.inForce(wish.settings()); // as far as they can be
            waitNs = wishes.await(wish, waitNs) ? FIRST_WAIT_NS : Math.min(2 * waitNs, LONGEST_WAIT_NS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isStopped = true;
        }
    }

    private void use(VideoSource source) {
        String name = source == null ? null : source.name();
        lock.lock();
        try {
            inUse = source;
            if (name != null) {
                inUseName = name;
            }
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
