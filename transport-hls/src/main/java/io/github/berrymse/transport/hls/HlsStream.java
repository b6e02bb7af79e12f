package io.github.berrymse.transport.hls;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.StreamStatus;
import io.github.berrymse.api.Subscription;
import jakarta.servlet.AsyncContext;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One run of one camera, from the first request until there has been none for a while: its playlist, and the requests that
 * wait for what comes next, which are answered on the executor. Thread-safe.
 */
final class HlsStream {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 6;
    private static final long FIRST_PICTURE_MS = 10_000;
    private static final int PATIENCE_TARGETS = 3;

    private final LiveStream stream;
    private final Limits limits;
    private final Executor executor;
    private final LongSupplier clockNs;
    private final Intake intake;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Subscription> subscription = new AtomicReference<>();
    private volatile long askedNs;
    private volatile String end;

    /**
     * @param mostBytes that the playlist may have at the moment
     * @param clockNs monotonic nanoseconds: how long requests wait, and for how long nobody has asked
     */
    HlsStream(LiveStream stream, Limits limits, LongSupplier mostBytes, Executor executor, LongSupplier clockNs) {
        this.stream = stream;
        this.limits = limits;
        this.executor = executor;
        this.clockNs = clockNs;
        this.askedNs = clockNs.getAsLong();
        this.intake = new Intake(
                stream.name(),
                segmenter(stream.status(), limits, mostBytes),
                () -> executor.execute(this::answerThoseWhoCanBe),
                this::end);
    }

    private static Segmenter segmenter(StreamStatus status, Limits limits, LongSupplier mostBytes) {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        double groupS = status.keyFrameIntervalMs() / 1000.0;
        double frameS = status.framesPerSecond() > 0 ? 1 / status.framesPerSecond() : 0;
        // Numbers of segments must not go back, also not after a restart: there is at most about one each second.
        long firstNumber = System.currentTimeMillis() / 1000;
        return new Segmenter(
                limits,
                mostBytes,
                Playlist.empty(limits, HexFormat.of().formatHex(token)),
                Pace.of(limits, groupS, frameS),
                groupS,
                firstNumber);
    }

    void start() {
        subscription.set(stream.subscribe(intake));
        if (end != null) {
            leave();
        }
    }

    Playlist playlist() {
        return intake.playlist();
    }

    /** Answers a request, now or when its resource is there. */
    void answer(AsyncContext request, Resource resource) {
        askedNs = clockNs.getAsLong();
        Waiter waiter = new Waiter(request, resource, askedNs);
        if (waiter.look(playlist())) {
            return;
        }
        waiters.add(waiter);
        if (waiter.look(playlist())) { // it came just before the waiter was known
            waiters.remove(waiter);
        } else if (end != null) {
            answerAll();
        }
    }

    private void answerThoseWhoCanBe() {
        // Each by the playlist of that moment: one who has just come may know of a newer one than was there at first.
        waiters.removeIf(waiter -> waiter.look(playlist()));
    }

    /** Sends those away who have waited too long. To be called a few times a second. */
    void check() {
        Playlist now = playlist();
        long patienceMs =
                now.hasWholeSegment() ? PATIENCE_TARGETS * 1000L * now.pace().targetDurationS() : FIRST_PICTURE_MS;
        waiters.removeIf(waiter -> msSince(waiter.sinceNs()) > patienceMs && waiter.answer(unavailable()));
    }

    private void answerAll() {
        waiters.removeIf(waiter -> waiter.answer(unavailable()));
    }

    private Reply unavailable() {
        return Reply.error(
                503,
                end == null
                        ? stream.name() + ": no picture has come: "
                                + stream.status().reason()
                        : end);
    }

    /** Whether the stream is gone, or nobody has asked for too long. */
    boolean isOver() {
        return end != null || waiters.isEmpty() && msSince(askedNs) > limits.idleMs();
    }

    private long msSince(long thenNs) {
        return (clockNs.getAsLong() - thenNs) / 1_000_000;
    }

    private void end(String reason) {
        end = reason;
        executor.execute(this::answerAll);
    }

    /** Leaves the stream and answers who waits. */
    void close(String reason) {
        end = reason;
        leave();
        answerAll();
    }

    private void leave() {
        Subscription left = subscription.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }
}
