package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** Exchanges one bundle of the framework, and those wired to it with it. Confined to the swap thread. */
final class RunningBundles {
    private static final String LOCATION = "added:";
    private static final long REFRESH_S = 30;

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private int added;

    RunningBundles(BundleContext context, FrameworkWiring wiring) {
        this.context = context;
        this.wiring = wiring;
    }

    /** The bundle of a symbolic name, or null. */
    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> !ResolveCheck.isBeside(bundle) && !Starting.isHanging(bundle))
                .findFirst()
                .orElse(null);
    }

    /** Puts a jar in the place of the bundle of its name, or adds it. */
    void put(BundleJar jar, boolean isStarted) throws BundleException, IOException, InterruptedException {
        Bundle bundle = bundle(jar.symbolicName());
        try (InputStream in = jar.content().open()) {
            if (bundle == null) {
                bundle = context.installBundle(LOCATION + added++ + ":" + jar.symbolicName(), in);
            } else {
                if (bundle.getState() == Bundle.ACTIVE) { // else those wired to the old one would see the new one start
                    bundle.stop(Bundle.STOP_TRANSIENT);
                }
                bundle.update(in);
            }
        }
        refresh(jar.isFragment() ? bundle(jar.fragmentHost()) : null);
        if (isStarted && !jar.isFragment()) {
            Starting.start(bundle);
        }
    }

    void remove(String symbolicName) throws BundleException, InterruptedException {
        Bundle bundle = bundle(symbolicName);
        if (bundle != null) {
            bundle.uninstall();
            refresh(null);
        }
    }

    /** Wires anew what is wired to bundles that are not the same any more (OSGi Core 7.8.4), and waits for it. */
    private void refresh(Bundle host) throws InterruptedException, BundleException {
        Collection<Bundle> stale = new HashSet<>(wiring.getRemovalPendingBundles());
        if (host != null) {
            stale.add(host);
        }
        if (stale.isEmpty()) {
            return;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring.refreshBundles(stale, event -> refreshed.countDown());
        if (!refreshed.await(REFRESH_S, TimeUnit.SECONDS)) {
            throw new BundleException("the bundles wired to it were not ready within " + REFRESH_S + " s");
        }
    }

    Set<Bundle> active() {
        Set<Bundle> active = new HashSet<>(List.of(context.getBundles()));
        active.removeIf(bundle -> bundle.getState() != Bundle.ACTIVE);
        return active;
    }

    /** Starts those that do not run any more. @throws BundleException when some cannot, with the reason of one */
    void restart(Set<Bundle> bundles) throws BundleException {
        BundleException failure = null;
        for (Bundle bundle : bundles) {
            try {
                if (bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.UNINSTALLED) {
                    Starting.start(bundle);
                }
            } catch (BundleException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
