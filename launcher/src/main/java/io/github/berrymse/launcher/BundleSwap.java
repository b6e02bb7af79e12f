package io.github.berrymse.launcher;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces bundles of the running framework, one at a time. Looks first whether the new version would resolve, and goes
 * back to the old one when the new one does not start, when others do not start with it, or when a camera that had a
 * picture has none. Confined to the swap thread.
 */
final class BundleSwap {
    private static final Logger LOG = LoggerFactory.getLogger(BundleSwap.class);
    private static final String WATCHER = "org.apache.felix.fileinstall";
    private static final int MOST_KEPT = 6;

    private final BuiltIn builtIn;

    /** Those that run, whatever their version is. */
    private final List<Bundle> builtInBundles;

    private final RunningBundles bundles;
    private final ResolveCheck resolveCheck;
    private final PictureWatch pictures;

    /** By symbolic name what runs and what ran before, the newest first; only of bundles that were replaced or added. */
    private final Map<String, Deque<BundleJar>> versions = new LinkedHashMap<>();

    private boolean isStarted;

    BundleSwap(BundleContext context, BuiltIn builtIn) {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.builtIn = builtIn;
        this.builtInBundles = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && !WATCHER.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
                .toList();
        this.bundles = new RunningBundles(context, wiring);
        this.resolveCheck = new ResolveCheck(context, wiring);
        this.pictures = new PictureWatch(context);
    }

    /**
     * From now on what is put in place is started too. What should run by now and does not is taken back, and what keeps
     * built-in bundles from running, the last one first.
     */
    void started() {
        isStarted = true;
        for (Deque<BundleJar> known : List.copyOf(versions.values())) {
            BundleJar jar = known.peek();
            if (!jar.isFragment() && !isActive(bundles.bundle(jar.symbolicName()))) {
                takeBack(known, "does not start");
            }
        }
        while (!areBuiltInActive() && !versions.isEmpty()) {
            takeBackNewest("keeps built-in bundles from starting");
            startBuiltIn();
        }
    }

    private void startBuiltIn() {
        try {
            bundles.restart(Set.copyOf(builtInBundles));
        } catch (BundleException e) {
            LOG.debug("still: {}", e.getMessage());
        }
    }

    private static boolean isActive(Bundle bundle) {
        return bundle != null && bundle.getState() == Bundle.ACTIVE;
    }

    private boolean areBuiltInActive() {
        return builtInBundles.stream().allMatch(BundleSwap::isActive);
    }

    boolean isStarted() {
        return isStarted;
    }

    boolean isAnythingSwapped() {
        return !versions.isEmpty();
    }

    /** Takes back everything: with it the program does not work. @return whether there was anything */
    boolean takeBackAll(String reason) {
        boolean isAny = !versions.isEmpty();
        while (!versions.isEmpty()) {
            takeBackNewest(reason);
        }
        return isAny;
    }

    private void takeBackNewest(String reason) {
        List<Deque<BundleJar>> all = List.copyOf(versions.values());
        takeBack(all.get(all.size() - 1), reason);
    }

    private void takeBack(Deque<BundleJar> known, String reason) {
        BundleJar jar = known.pop();
        LOG.warn("{} ({}) {} and is not used", jar.words(), jar.origin(), reason);
        discard(jar);
        goBack(jar.symbolicName(), known);
    }

    /**
     * Puts a jar in the place of the bundle of its name, or adds it. The jar's content is this object's from now on.
     *
     * @return what was done, in words; empty when just that runs already
     * @throws SwapException why not; what ran before goes on
     */
    String replace(BundleJar jar) throws SwapException {
        try {
            if (jar.symbolicName().equals(WATCHER)) {
                throw new SwapException("it looks at the folder itself, and is replaced with the executable only");
            }
            Deque<BundleJar> known = known(jar.symbolicName());
            BundleJar old = known.peek();
            if (old != null && old.checksum() == jar.checksum()) {
                jar.content().discard();
                return "";
            }
            resolveCheck.check(jar);
            change(old, jar);
            known.push(jar);
            forgetOldest(known);
            versions.put(jar.symbolicName(), known);
            return words(old, jar) + warning(jar, known.peekLast());
        } catch (SwapException e) {
            discard(jar);
            throw e;
        } catch (IOException e) {
            discard(jar);
            throw new SwapException("it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static String words(BundleJar old, BundleJar jar) {
        return old == null
                ? jar.words() + " is added"
                : jar.words() + " runs in place of " + old.version()
                        + (old.version().equals(jar.version()) ? " (" + old.origin() + ")" : "");
    }

    private static String warning(BundleJar jar, BundleJar first) {
        boolean isOlder = first.isBuiltIn() && jar.version().compareTo(first.version()) < 0;
        return isOlder ? ", though the built-in one is newer: " + first.version() : "";
    }

    private static void forgetOldest(Deque<BundleJar> known) {
        if (known.size() > MOST_KEPT) {
            BundleJar last = known.pollLast();
            discard(last.isBuiltIn() ? known.pollLast() : last);
            if (last.isBuiltIn()) {
                known.addLast(last);
            }
        }
    }

    /** What runs and ran of a bundle; empty when there is none of that name. */
    private Deque<BundleJar> known(String symbolicName) {
        Deque<BundleJar> known = versions.getOrDefault(symbolicName, new ArrayDeque<>());
        Bundle bundle = bundles.bundle(symbolicName);
        if (known.isEmpty() && bundle != null) {
            String location = bundle.getLocation();
            known.add(new BundleJar(
                    symbolicName, bundle.getVersion(), null, BundleJar.BUILT_IN, () -> builtIn.open(location)));
        }
        return known;
    }

    /** @param old what to go back to; null: to nothing */
    private void change(BundleJar old, BundleJar next) throws SwapException {
        Set<Bundle> active = bundles.active();
        Map<String, PictureWatch.Camera> before = isStarted ? pictures.now() : Map.of();
        SwapException refusal;
        try {
            bundles.put(next, isStarted);
            bundles.restart(active);
            pictures.await(before, old == null);
            return;
        } catch (BundleException | IOException | RuntimeException e) {
            refusal = new SwapException("with it not everything starts: "
                    + String.valueOf(e.getMessage()).replaceFirst(" Unresolved requirements:.*", ""));
        } catch (SwapException e) {
            refusal = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the program stops
        }
        try {
            restore(next.symbolicName(), old, active);
        } catch (SwapException e) {
            LOG.error("{}; start berrymse anew", e.getMessage());
        }
        throw refusal;
    }

    private void restore(String symbolicName, BundleJar old, Set<Bundle> active) throws SwapException {
        try {
            if (old == null) {
                bundles.remove(symbolicName);
            } else {
                bundles.put(old, isStarted);
            }
            bundles.restart(active);
        } catch (BundleException | IOException e) {
            String what = old == null ? BundleJar.shortName(symbolicName) : old.words();
            throw new SwapException(what + " cannot be put back (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts in place what is first now, or if that does not start, the one before it, and so on. */
    private void goBack(String symbolicName, Deque<BundleJar> known) {
        Set<Bundle> active = bundles.active();
        while (true) {
            try {
                restore(symbolicName, known.peek(), active);
                break;
            } catch (SwapException e) {
                if (known.size() <= 1) {
                    LOG.error("{}; start berrymse anew", e.getMessage());
                    break;
                }
                LOG.warn("{}", e.getMessage());
                discard(known.pop());
            }
        }
        if (known.isEmpty() || known.peek().isBuiltIn()) {
            versions.remove(symbolicName);
        }
    }

    /** A jar is not there any more: what it replaced comes back. @return what was done, in words; empty for nothing */
    String withdraw(String symbolicName, String origin) {
        Deque<BundleJar> known = known(symbolicName);
        BundleJar first = known.peek();
        for (Iterator<BundleJar> each = known.iterator(); each.hasNext(); ) {
            BundleJar jar = each.next();
            if (jar.origin().equals(origin)) {
                each.remove();
                discard(jar);
            }
        }
        if (first == known.peek()) {
            return "";
        }
        goBack(symbolicName, known);
        return known.isEmpty() ? first.words() + " is removed" : words(first, known.peek());
    }

    /**
     * Goes back to what ran before.
     *
     * @param name symbolic or short
     * @throws SwapException when there is nothing to go back to, or it does not work as well
     */
    String rollBack(String name) throws SwapException {
        String symbolicName = versions.keySet().stream()
                .filter(each -> each.equals(name) || BundleJar.shortName(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new SwapException(name + " was neither replaced nor added; see berrymse bundles"));
        Deque<BundleJar> known = versions.get(symbolicName);
        BundleJar bad = known.pop();
        discard(bad);
        goBack(symbolicName, known);
        return known.isEmpty() ? bad.words() + " is removed" : words(bad, known.peek());
    }

    /** Where what runs of a bundle came from. */
    String origin(Bundle bundle) {
        Deque<BundleJar> known = versions.get(bundle.getSymbolicName());
        return known == null ? BundleJar.BUILT_IN : known.peek().origin();
    }

    private static void discard(BundleJar jar) {
        try {
            jar.content().discard();
        } catch (IOException e) {
            LOG.debug("{} stays: {}", jar.words(), e.toString());
        }
    }
}
