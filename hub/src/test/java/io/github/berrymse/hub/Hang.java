package io.github.berrymse.hub;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A call that does not return before the test's end, and is not to be interrupted. */
final class Hang implements Runnable {
    /** How often it was called or interrupted. */
    final AtomicInteger stuck = new AtomicInteger();

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void run() {
        stuck.incrementAndGet();
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                stuck.incrementAndGet();
            }
        }
    }

    void end() {
        never.countDown();
    }
}
