package io.github.berrymse.transport.hls;

import io.github.berrymse.api.LiveStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cameras that somebody watches by HLS at this moment, and the thread that answers them. Thread-safe. */
final class HlsStreams {
    private static final Logger LOG = LoggerFactory.getLogger(HlsStreams.class);
    private static final long CHECK_MS = 250;

    private final Map<LiveStream, HlsStream> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "hls"), new ThreadPoolExecutor.DiscardPolicy());
    private volatile Limits limits;
    private volatile boolean isClosed;

    /** For runs that begin from now on. */
    void configure(Limits newLimits) {
        limits = newLimits;
    }

    /** The run of a camera; one begins if there is none. */
    HlsStream of(LiveStream stream) {
        HlsStream present = running.get(stream);
        if (present != null) {
            return present;
        }
        Limits now = limits;
        HlsStream next = new HlsStream(stream, now, () -> share(now.windowBytes()), executor, System::nanoTime);
        HlsStream other = running.putIfAbsent(stream, next);
        if (other != null) {
            return other;
        }
        next.start();
        checkLater(stream, next);
        if (isClosed) {
            close();
        }
        return next;
    }

    private long share(long bytes) {
        return bytes / Math.max(1, running.size());
    }

    /** The run of a camera with that token. */
    Optional<HlsStream> of(LiveStream stream, String token) {
        return Optional.ofNullable(running.get(stream))
                .filter(now -> now.playlist().token().equals(token));
    }

    private void checkLater(LiveStream stream, HlsStream run) {
        executor.schedule(() -> check(stream, run), CHECK_MS, TimeUnit.MILLISECONDS);
    }

    private void check(LiveStream stream, HlsStream run) {
        try {
            run.check();
        } catch (RuntimeException e) { // the next check must come
            LOG.warn("{}: HLS could not be looked after: {}", stream.name(), e.toString());
        }
        if (!run.isOver()) {
            checkLater(stream, run);
        } else if (running.remove(stream, run)) {
            run.close("nobody watched");
        }
    }

    /** Ends all; who waits is answered. */
    void close() {
        isClosed = true;
        executor.shutdownNow();
        running.values().forEach(stream -> stream.close("the server stops, or this part of it is replaced"));
        running.clear();
    }
}
