package io.github.berrymse.transport.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs one task at a time, in the order in which they come: on the thread that brings it, or on the one that is at it
 * already. Nobody waits, and a task that brings another has it run after itself. Thread-safe.
 */
final class Turns implements Executor {
    private final Object lock = new Object();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean isTaken;

    /** @param task does not throw; sees what the tasks before it did */
    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            waiting.add(task);
            if (isTaken) {
                return;
            }
            isTaken = true;
        }
        for (Runnable next; (next = next()) != null; ) {
            next.run();
        }
    }

    private Runnable next() {
        synchronized (lock) {
            Runnable next = waiting.poll();
            isTaken = next != null;
            return next;
        }
    }
}
