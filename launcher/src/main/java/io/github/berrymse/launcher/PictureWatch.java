package io.github.berrymse.launcher;

import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether the cameras that had a picture before a swap have one after it. Asks a service made
 * of the JDK's types, because the launcher knows none of the bundles'. Confined to the swap thread.
 */
final class PictureWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PictureWatch.class);
    private static final String FILTER = "(berrymse.what=pictures)";
    private static final long PATIENCE_MS = 10_000;
    private static final long INTERVAL_MS = 10;

    /** By then every camera has chosen anew among the sources. */
    private static final long CHOICE_MS = 300;

    private final BundleContext context;

    PictureWatch(BundleContext context) {
        this.context = context;
    }

    /** The cameras that have a picture now: by name the source, and the pictures so far. Empty when nobody can tell. */
    Map<String, Map.Entry<String, Long>> now() {
        try {
            for (ServiceReference<?> reference : context.getServiceReferences(Supplier.class, FILTER)) {
                if (context.getService(reference) instanceof Supplier<?> service) {
                    return answer(service);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("pictures cannot be told: {}", e.toString()); // its bundle is on its way out
        }
        return Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map.Entry<String, Long>> answer(Supplier<?> service) {
        return (Map<String, Map.Entry<String, Long>>) service.get();
    }

    /**
     * Waits until every camera that had a picture has a newer one.
     *
     * @param before {@link #now} before the swap
     * @param isOfAnySource whether another source may have taken the camera
     * @throws SwapException when one has none within 10 s
     */
    void await(Map<String, Map.Entry<String, Long>> before, boolean isOfAnySource)
            throws SwapException, InterruptedException {
        if (isOfAnySource) {
            Thread.sleep(CHOICE_MS);
        }
        long deadlineMs = System.currentTimeMillis() + PATIENCE_MS;
        Map<String, Map.Entry<String, Long>> after = now();
        for (Map.Entry<String, Map.Entry<String, Long>> camera : before.entrySet()) {
            String name = camera.getKey();
            String source = camera.getValue().getKey();
            Map.Entry<String, Long> now = now().get(name);
            while (now == null
                    || now.equals(after.get(name))
                    || !(isOfAnySource || now.getKey().equals(source))) {
                if (System.currentTimeMillis() > deadlineMs) {
                    throw SwapException.withoutPicture(
                            "the camera " + name + " had no picture from the source " + source + " within 10 s");
                }
                Thread.sleep(INTERVAL_MS);
                now = now().get(name);
            }
        }
    }
}
