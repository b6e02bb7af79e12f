package io.github.berrymse.hub;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How the viewers of one transport bundle are called. A bundle that is trusted never to wait is called directly, on the
 * capture thread; every other on a thread of its own, so that one that waits or is slow holds up nobody else. Each
 * viewer has one task here at a time. Thread-safe.
 */
final class Delivery {
    private static final long IDLE_S = 10;
    private static final int MOST_FAILURES = 10;

    private final String bundle;
    private final ThreadPoolExecutor thread;
    private volatile long callNs;
    private volatile boolean isInCall;
    private volatile boolean isDetached;
    private int failures;

    private Delivery(String bundle, ThreadPoolExecutor thread) {
        this.bundle = bundle;
        this.thread = thread;
    }

    /** For a bundle that never waits. */
    static Delivery direct(String bundle) {
        return new Delivery(bundle, null);
    }

    /** For a bundle that nothing is known of. The thread lives while there is something to deliver. */
    static Delivery apart(String camera, String bundle) {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_S,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread named = new Thread(task, "deliver " + camera + " " + bundle);
                    named.setDaemon(true);
                    return named;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
        return new Delivery(bundle, thread);
    }

    /** The bundle's symbolic name. */
    String bundle() {
        return bundle;
    }

    boolean isDirect() {
        return thread == null;
    }

    /** Runs what calls a viewer once: now, or soon on the bundle's thread; not at all once the bundle is detached. */
    void run(Runnable call) {
        if (isDirect()) {
            call.run();
        } else {
            thread.execute(() -> timed(call));
        }
    }

    private void timed(Runnable call) {
        callNs = System.nanoTime();
        isInCall = true;
        try {
            call.run();
        } finally {
            isInCall = false;
        }
    }

    /** For how long a call on the bundle's thread has not returned, in nanoseconds; 0 when none is under way. */
    long waitingNs(long nowNs) {
        return isInCall ? nowNs - callNs : 0;
    }

    /** Counts an exception that the bundle threw. @return whether there were too many by now */
    synchronized boolean hasFailedTooOften() {
        failures++;
        return !isDirect() && failures >= MOST_FAILURES;
    }

    boolean isDetached() {
        return isDetached;
    }

    /** Calls the bundle no more. A call that does not return is interrupted, and left alone. */
    void detach() {
        isDetached = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** The thread ends once it has done what waits for it. */
    void close() {
        if (thread != null) {
            thread.shutdown();
        }
    }
}
