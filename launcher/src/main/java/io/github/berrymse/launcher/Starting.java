package io.github.berrymse.launcher;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts bundles, each on a thread of its own: the start of one that never returns must not take the rest with it. Such a
 * bundle cannot be stopped, updated or uninstalled any more (OSGi Core 4.4.9: its state is locked), only left alone.
 * Thread-safe.
 */
final class Starting {
    private static final long PATIENCE_S = 10;
    private static final Set<Bundle> HANGING = ConcurrentHashMap.newKeySet();

    private Starting() {}

    /** @throws BundleException also when the start does not return for 10 s */
    static void start(Bundle bundle) throws BundleException {
        CountDownLatch returned = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        bundle.start();
                    } catch (BundleException | RuntimeException | LinkageError e) {
                        failure.set(e);
                    } finally {
                        HANGING.remove(bundle);
                        returned.countDown();
                    }
                },
                "start " + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
        try {
            if (!returned.await(PATIENCE_S, TimeUnit.SECONDS)) {
                HANGING.add(bundle);
                thread.interrupt();
                if (!returned.await(1, TimeUnit.SECONDS)) {
                    throw new BundleException("its start does not return");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("the program stops", e);
        }
        if (failure.get() instanceof BundleException e) {
            throw e;
        } else if (failure.get() != null) {
            throw new BundleException("its start failed with " + failure.get(), failure.get());
        }
    }

    /** Whether its start has not returned: nobody can do anything about it. */
    static boolean isHanging(Bundle bundle) {
        return HANGING.contains(bundle);
    }
}
