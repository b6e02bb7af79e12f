package io.github.berrymse.hub;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Subscription;
import io.github.berrymse.api.ViewerStatus;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/**
 * One viewer's queue and timeline: one segment is on its way at a time, the rest waits here, bounded in time and bytes.
 * A viewer that falls behind goes on at the newest sync sample; what it is sent can always be decoded, its sequence
 * numbers have no gap and its decode times no hole. Thread-safe.
 */
final class Viewer implements Subscription {

    /** How far a viewer may fall behind. */
    record Limits(long maxLagNs, long maxBytes) {}

    /**
     * A fragment on its way to viewers, while it is live the same object for all of them.
     *
     * @param bytes of its payload
     * @param sinceNs when it was offered
     * @param isSqueezed whether it only leads up to the live edge
     */
    record Offered(Fragment fragment, int bytes, long sinceNs, boolean isSqueezed) {
        static Offered live(Fragment fragment, long nowNs) {
            return new Offered(fragment, fragment.payload().remaining(), nowNs, false);
        }

        static Offered squeezed(Fragment fragment, long nowNs) {
            return new Offered(fragment, fragment.payload().remaining(), nowNs, true);
        }
    }

    private final Subscriber subscriber;
    private final String name;
    private final Audience audience;
    private final Delivery delivery;
    private final long joinedNs = System.nanoTime();
    private final Runnable done = this::done;

    private final Object lock = new Object();
    private final ArrayDeque<Offered> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long skippedNs = Long.MIN_VALUE;
    private boolean isWaitingForSync;
    private boolean isSending;
    private boolean isDraining;
    private boolean isClosed;

    private InitializationSegment init;
    private int sequenceNumber;
    private long decodeTimeTicks;
    private long streamTimeTicks = -1;
    private long framesSent;
    private long framesDropped;
    private long bytesSent;

    /**
     * A viewer that is sent nothing before {@link #start}.
     *
     * @param name the subscriber's, asked once: no lock is held while its code runs
     * @param groupOfPictures what the viewer starts with; empty: it waits for the next sync sample
     */
    Viewer(Subscriber subscriber, String name, Audience audience, Delivery delivery, List<Fragment> groupOfPictures) {
        this.subscriber = subscriber;
        this.name = name;
        this.audience = audience;
        this.delivery = delivery;
        groupOfPictures.forEach(fragment -> enqueue(Offered.squeezed(fragment, joinedNs)));
        isWaitingForSync = groupOfPictures.isEmpty();
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Takes the stream's next fragment. Never waits. */
    void offer(Offered offered) {
        Segment segment;
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            if (!queue.isEmpty() && isOverfull(offered)) {
                skip(offered.fragment());
                skippedNs = offered.sinceNs();
            }
            if (isWaitingForSync && !offered.fragment().isSync()) {
                dropped(framesSent == 0 && framesDropped == 0 ? 0 : 1);
                return;
            }
            isWaitingForSync = false;
            if (isIdle() && offered.fragment().init() == init) { // nearly always: past the queue
                isDraining = true;
                segment = onTimeline(offered);
            } else {
                enqueue(offered);
                segment = isDraining ? null : next();
            }
        }
        handOver(segment);
    }

    private boolean isIdle() {
        return !isSending && !isDraining && queue.isEmpty();
    }

    private boolean isOverfull(Offered offered) {
        Limits limits = audience.limits();
        return offered.sinceNs() - Math.max(queue.peek().sinceNs(), skippedNs) > limits.maxLagNs()
                || queuedBytes + offered.bytes() > limits.maxBytes();
    }

    /**
     * Goes on at the newest sync sample. When that is next in the queue already, only it stays: a viewer who is too slow
     * for the stream sees its key frames.
     */
    private void skip(Fragment next) {
        Offered sync = next.isSync() ? null : newestQueuedSync();
        boolean isNextInQueue = sync == queue.peek();
        int before = queue.size();
        while (!queue.isEmpty() && queue.peek() != sync) {
            queuedBytes -= queue.poll().bytes();
        }
        while (isNextInQueue && queue.size() > 1) {
            queuedBytes -= queue.pollLast().bytes();
        }
        dropped(before - queue.size());
        isWaitingForSync = !next.isSync() && (sync == null || isNextInQueue);
    }

    private Offered newestQueuedSync() {
        for (Iterator<Offered> newestFirst = queue.descendingIterator(); newestFirst.hasNext(); ) {
            Offered queued = newestFirst.next();
            if (queued.fragment().isSync()) {
                return queued;
            }
        }
        return null;
    }

    private void dropped(int count) {
        framesDropped += count;
        audience.dropped(count);
    }

    private void enqueue(Offered offered) {
        queue.add(offered);
        queuedBytes += offered.bytes();
    }

    /** Begins with what the viewer joined with. */
    void start() {
        Segment segment;
        synchronized (lock) {
            segment = isDraining ? null : next();
        }
        handOver(segment);
    }

    private void handOver(Segment segment) {
        if (segment != null && delivery.isDirect()) {
            drain(segment);
        } else if (segment != null) {
            delivery.run(() -> drain(segment));
        }
    }

    /**
     * Sends as long as the transport says done at once: one thread at a time, and without recursion. On the thread of a
     * bundle that shares it among its viewers, they take turns.
     */
    private void drain(Segment first) {
        Segment segment = first;
        while (segment != null) {
            try {
                subscriber.send(segment, done);
            } catch (RuntimeException | Error e) { // no viewer is worth the capture thread
                audience.failed(this, e);
            }
            synchronized (lock) {
                segment = next();
            }
            if (!delivery.isDirect()) {
                handOver(segment);
                return;
            }
        }
    }

    private void done() {
        Segment segment;
        synchronized (lock) {
            isSending = false;
            segment = isDraining ? null : next();
        }
        drain(segment); // on the transport's own thread
    }

    /** What to send now; null, and draining ends, when a segment is on its way or nothing waits. */
    private Segment next() {
        isDraining = !isSending && !isClosed && !queue.isEmpty();
        if (!isDraining) {
            if (isWaitingForSync && !isSending && !isClosed) { // ready for one, and not before
                audience.wantKeyFrame();
            }
            return null;
        }
        Fragment fragment = queue.peek().fragment();
        if (fragment.init() == init || fragment.init().equals(init)) {
            init = fragment.init();
            Offered offered = queue.poll();
            queuedBytes -= offered.bytes();
            return onTimeline(offered);
        }
        init = fragment.init();
        isSending = true;
        Segment segment = new Segment(init, null, 0, decodeTimeTicks, 0);
        bytesSent += segment.size();
        return segment;
    }

    private Segment onTimeline(Offered offered) {
        Fragment fragment = offered.fragment();
        int durationTicks = offered.isSqueezed() || streamTimeTicks < 0 ? 1 : durationTicks(fragment);
        Segment segment = new Segment(init, fragment, ++sequenceNumber, decodeTimeTicks, durationTicks);
        decodeTimeTicks += durationTicks;
        streamTimeTicks = fragment.decodeTimeTicks() + fragment.durationTicks();
        bytesSent += fragment.headerSize() + offered.bytes();
        framesSent++;
        audience.sent();
        isSending = true;
        return segment;
    }

    /** The fragment's own duration, and after fragments that were left out up to twice that. */
    private int durationTicks(Fragment fragment) {
        long leftOutTicks = Math.max(0, fragment.decodeTimeTicks() - streamTimeTicks);
        return fragment.durationTicks() + (int) Math.min(leftOutTicks, fragment.durationTicks());
    }

    @Override
    public ViewerStatus status() {
        synchronized (lock) {
            long connectedMs = (System.nanoTime() - joinedNs) / 1_000_000;
            return new ViewerStatus(name, connectedMs, framesSent, framesDropped, queue.size(), bytesSent);
        }
    }

    /** Frees the queue. @return whether it was open */
    boolean end() {
        synchronized (lock) {
            boolean wasOpen = !isClosed;
            isClosed = true;
            queue.clear();
            queuedBytes = 0;
            return wasOpen;
        }
    }

    @Override
    public void close() {
        if (end()) {
            audience.left(this);
        }
    }
}
