package io.github.berrymse.it.hostile;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A start that never returns. In a bundle that the test puts together. */
public final class HostileActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        while (true) {
            LockSupport.park();
            Thread.interrupted(); // else it would not wait any more, but spin
        }
    }

    @Override
    public void stop(BundleContext context) {}
}
