package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the framework with its bundles on a thread of its own, while flags and file are read: that takes a third of the
 * start. Closes at the end what was opened. Thread-safe.
 */
final class Preparation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    /** So long the end waits for what is still being made. */
    private static final long CLOSE_MS = 5_000;

    /** What the program runs on. @param state an existing folder */
    record Ready(Path state, BuiltIn builtIn, OsgiFramework framework) {}

    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private volatile FutureTask<Ready> making;

    /** Begins, unless it has begun. @param stateFolder null for a temporary one */
    void begin(Path stateFolder) {
        if (making == null) {
            making = new FutureTask<>(() -> make(stateFolder));
            Thread thread = new Thread(making, "framework");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Ready make(Path stateFolder) throws UsageException, IOException, BundleException {
        StateFolder state = StateFolder.open(stateFolder);
        opened.push(state);
        BuiltIn builtIn = BuiltIn.open();
        OsgiFramework framework = OsgiFramework.create(state.path(), builtIn);
        opened.push(framework::stop);
        return new Ready(state.path(), builtIn, framework);
    }

    /** Waits until all is there. */
    Ready await() throws UsageException, IOException, BundleException, InterruptedException {
        try {
            return making.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UsageException usage) {
                throw usage;
            } else if (cause instanceof IOException io) {
                throw io;
            } else if (cause instanceof BundleException bundle) {
                throw bundle;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** What to close ahead of all that is there by now. */
    void closeFirst(AutoCloseable one) {
        opened.push(one);
    }

    @Override
    public void close() {
        FutureTask<Ready> begun = making;
        try {
            if (begun != null) {
                begun.get(CLOSE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.debug("nothing was made", e);
        }
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("not everything stopped cleanly: {}", e.toString());
            }
        }
    }
}
