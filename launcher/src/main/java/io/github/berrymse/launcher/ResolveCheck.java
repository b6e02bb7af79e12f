package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a jar would resolve (OSGi Core 3.9) before anything that runs is touched: it is installed beside for a
 * moment, and never started. Confined to
 * the swap thread.
 */
final class ResolveCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ResolveCheck.class);
    private static final String LOCATION = "beside:";

    private final BundleContext context;
    private final FrameworkWiring wiring;

    ResolveCheck(BundleContext context, FrameworkWiring wiring) {
        this.context = context;
        this.wiring = wiring;
    }

    /** Whether a bundle is there only to be looked at. */
    static boolean isBeside(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    /** @throws SwapException when it is no bundle, or would not resolve */
    void check(BundleJar jar) throws SwapException, IOException {
        Bundle bundle;
        try (InputStream in = jar.content().open()) {
            bundle = context.installBundle(LOCATION + jar.symbolicName(), in);
        } catch (BundleException e) {
            throw new SwapException("it is no bundle that the framework takes: " + e.getMessage(), e);
        }
        try {
            String missing = missing(bundle.adapt(BundleRevision.class));
            if (!missing.isEmpty()) {
                throw SwapException.premature("nothing here provides what it needs: " + missing);
            }
            if (!isAloneOfItsName(jar, bundle) && !wiring.resolveBundles(List.of(bundle))) {
                throw SwapException.premature("what it imports does not fit together");
            }
        } finally {
            uninstall(bundle);
        }
    }

    /** A fragment has no class space of its own, and of a singleton (3.5.2) there is no second that resolves. */
    private static boolean isAloneOfItsName(BundleJar jar, Bundle bundle) {
        return jar.isFragment()
                || bundle.getHeaders("").get(Constants.BUNDLE_SYMBOLICNAME).contains(Constants.SINGLETON_DIRECTIVE);
    }

    /** The requirements (3.3) that nobody fulfils. */
    private String missing(BundleRevision revision) {
        List<String> missing = new ArrayList<>();
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (isMandatory(requirement.getDirectives())
                    && wiring.findProviders(requirement).isEmpty()) {
                missing.add(requirement
                        .getDirectives()
                        .getOrDefault(Constants.FILTER_DIRECTIVE, requirement.getNamespace()));
            }
        }
        return String.join(", ", missing);
    }

    private static boolean isMandatory(Map<String, String> directives) {
        String effective = directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        return Constants.EFFECTIVE_RESOLVE.equals(effective)
                && !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE));
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            LOG.debug("{} stays: {}", bundle, e.toString());
        }
    }
}
