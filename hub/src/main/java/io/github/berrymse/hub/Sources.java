package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources that bundles have registered, and the choice among them. Each is asked on a thread of its own, at the same
 * time as the others: one that does not answer is left out until it does. Thread-safe.
 */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final long PATIENCE_MS = 2000;
    private static final long IDLE_S = 1;

    /** The best source for some settings, and its answer. */
    record Choice(VideoSource source, Suitability suitability) {
        boolean isStandIn() {
            return suitability.rank() == Suitability.STAND_IN;
        }
    }

    /** No source accepts the settings at this moment. */
    static final class NoSourceException extends CaptureException {
        private static final long serialVersionUID = 1L;

        NoSourceException(String message) {
            super(message);
        }
    }

    private final String camera;
    private final Runnable changed;
    private final ThreadPoolExecutor threads;

    /** What each source gives for watching it, in the order in which they came. */
    private final Map<VideoSource, Future<AutoCloseable>> sources = new LinkedHashMap<>();

    /** Those that did not return from a call, with the thread that waits there. */
    private final Map<VideoSource, Thread> hanging = new ConcurrentHashMap<>();

    /** Those that did not answer in time, and what they still owe. */
    private final Map<VideoSource, Future<Suitability>> late = new ConcurrentHashMap<>();

    /** @param changed run when the choice may be another now; from any thread, returns at once */
    Sources(String camera, Runnable changed) {
        this.camera = camera;
        this.changed = changed;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "ask sources of " + camera);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Takes a source into the choice, and has it tell when its cameras come and go. */
    void add(VideoSource source) {
        synchronized (sources) {
            sources.put(source, threads.submit(() -> source.watch(changed)));
        }
        changed.run();
    }

    void remove(VideoSource source) {
        Future<AutoCloseable> watch;
        synchronized (sources) {
            watch = sources.remove(source);
            hanging.remove(source);
        }
        late.remove(source);
        changed.run();
        if (watch != null) {
            unwatch(source, watch);
        }
    }

    /** A source hangs: as long as it is here and its thread does, it is chosen only where no other accepts. */
    void hangs(VideoSource source, Thread thread) {
        synchronized (sources) {
            if (sources.containsKey(source)) {
                hanging.put(source, thread);
            }
        }
    }

    private boolean isHanging(VideoSource source) {
        Thread thread = hanging.get(source);
        return thread != null && thread.isAlive();
    }

    private void unwatch(VideoSource source, Future<AutoCloseable> watch) {
        try {
            threads.submit(() -> {
                        watch.get().close();
                        return null;
                    })
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("{}: source {} could not be unwatched", camera, source.name(), e);
        }
    }

    /**
     * Asks without waiting: the answer is that of {@link #best}, or its exception.
     *
     * @param playing the choice that plays with these settings, good as long as its source does not say otherwise; or null
     */
    Future<Choice> ask(CameraSettings settings, Choice playing) {
        return threads.submit(() -> best(settings, playing));
    }

    /**
     * Asks, and waits for the answers, 2 s at most.
     *
     * @throws NoSourceException when none accepts, with the reason of each
     */
    Choice best(CameraSettings settings) throws NoSourceException {
        return best(settings, null);
    }

    private Choice best(CameraSettings settings, Choice playing) throws NoSourceException {
        Map<VideoSource, Future<Suitability>> asked = new LinkedHashMap<>();
        for (VideoSource source : present()) {
            Future<Suitability> owed = late.get(source);
            boolean isFree = owed == null || owed.isDone();
            asked.put(source, isFree ? ask(source, settings) : owed);
        }
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        Choice best = null;
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<VideoSource, Future<Suitability>> each : asked.entrySet()) {
            VideoSource source = each.getKey();
            boolean isPlaying = playing != null && playing.source() == source;
            Suitability ifLate = isPlaying ? playing.suitability() : Suitability.notMine("does not answer");
            Suitability suitability = await(source, each.getValue(), deadlineNs, ifLate);
            if (!suitability.isAccepted()) {
                reasons.add(source.name() + ": " + suitability.reason());
            } else if (best == null || isBetter(source, suitability, best)) {
                best = new Choice(source, suitability);
            }
        }
        if (best != null) {
            return best;
        }
        throw new NoSourceException(
                reasons.isEmpty()
                        ? "no source bundle is installed"
                        : "no source fits (" + String.join("; ", reasons) + ")");
    }

    private boolean isBetter(VideoSource source, Suitability suitability, Choice than) {
        return isHanging(source) == isHanging(than.source())
                ? suitability.rank() > than.suitability().rank()
                : isHanging(than.source());
    }

    private List<VideoSource> present() {
        synchronized (sources) {
            return List.copyOf(sources.keySet());
        }
    }

    private Future<Suitability> ask(VideoSource source, CameraSettings settings) {
        FutureTask<Suitability> answer = new FutureTask<>(() -> source.suits(settings)) {
            @Override
            protected void done() {
                if (late.remove(source, this)) {
                    LOG.info("{}: source {} answers again", camera, source.name());
                    changed.run();
                }
            }
        };
        threads.execute(answer);
        return answer;
    }

    private Suitability await(VideoSource source, Future<Suitability> answer, long deadlineNs, Suitability ifLate) {
        boolean isLate = late.get(source) == answer;
        try {
            long leftNs = isLate ? 0 : Math.max(0, deadlineNs - System.nanoTime());
            return answer.get(leftNs, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.warn("{}: source {} cannot say whether it fits: {}", camera, source.name(), e.getCause());
            return Suitability.notMine("failed with " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Suitability.notMine("was not waited for");
        } catch (TimeoutException e) {
            if (!isLate) {
                late.put(source, answer);
                if (answer.isDone() && late.remove(source, answer)) { // it was done before it was late
                    return await(source, answer, deadlineNs, ifLate);
                }
                LOG.warn(
                        "{}: source {} does not say whether it fits; it is left out until it does, unless it plays",
                        camera,
                        source.name());
            }
            return ifLate;
        }
    }
}
