package io.github.berrymse.hub;

import io.github.berrymse.api.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which a camera's {@link CaptureLoop} runs. When it hangs in a source or codec that does not return, it is
 * left alone and another takes its place. Thread-safe.
 */
final class CaptureThread {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureThread.class);
    private static final long RELEASE_MS = 3000;
    private static final long ABANDON_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int MOST_HANGING = 3;

    /** What runs on one thread. */
    private record Run(CaptureLoop loop, Packing packing, Thread thread) {}

    private final Wishes wishes;
    private final Sources sources;
    private final Audience audience;
    private final List<Thread> abandoned = new ArrayList<>();
    private volatile Run run;
    private boolean isStarted;

    CaptureThread(Wishes wishes, Sources sources, Packing packing, Audience audience) {
        this.wishes = wishes;
        this.sources = sources;
        this.audience = audience;
        this.run = run(packing);
    }

    private Run run(Packing packing) {
        CaptureLoop loop = new CaptureLoop(wishes, sources, packing, audience);
        Thread thread = new Thread(loop, "capture " + name());
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.setDaemon(true);
        return new Run(loop, packing, thread);
    }

    private String name() {
        return wishes.settings().name();
    }

    CaptureLoop loop() {
        return run.loop();
    }

    Packing packing() {
        return run.packing();
    }

    synchronized void start() {
        isStarted = true;
        run.thread().start();
    }

    /** Replaces the thread if it has hung for long. To be called every second or so. */
    void look(long nowNs) {
        Run now = run;
        if (now.loop().hangsNs(nowNs) > ABANDON_NS) {
            replace(now, "a call of its source or codec has not returned for 20 s");
        }
    }

    /** Waits until a source that is going away is not in use any more, 3 s at most. */
    void release(VideoSource source) {
        Run now = run;
        if (!now.loop().release(source, RELEASE_MS)) {
            replace(
                    now,
                    "the source " + now.loop().inUseName() + " did not close its camera within " + RELEASE_MS + " ms");
        }
    }

    private synchronized void replace(Run hanging, String reason) {
        abandoned.removeIf(thread -> !thread.isAlive());
        if (hanging != run || !isStarted) {
            return;
        }
        if (abandoned.size() >= MOST_HANGING) {
            LOG.debug("{}: {}; so do {} threads before it, and there is no other", name(), reason, MOST_HANGING);
            return;
        }
        VideoSource source = hanging.loop().inUse();
        if (source != null) {
            sources.hangs(source, hanging.thread());
        }
        hanging.loop().abandon();
        hanging.thread().interrupt();
        abandoned.add(hanging.thread());
        LOG.warn("{}: {}; its thread is left alone, and the camera is opened on another", name(), reason);
        run = run(new Packing(hanging.packing()));
        run.thread().start();
    }

    /** Ends the thread, and waits for it, 3 s at most. */
    void stop() {
        Run now;
        synchronized (this) {
            isStarted = false;
            now = run;
        }
        now.loop().stop();
        try {
            now.thread().join(RELEASE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
