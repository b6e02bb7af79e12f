package io.github.berrymse.launcher;

import java.util.HashMap;
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

    /**
     * What a camera shows.
     *
     * @param source the name of the one in use
     * @param count how many there were so far
     * @param isChoosing whether the next may come from another source
     */
    record Picture(String source, long count, boolean isChoosing) {
        static Picture of(Map<?, ?> told) {
            return new Picture(
                    (String) told.get("source"), (Long) told.get("pictures"), (Boolean) told.get("isChoosing"));
        }

        /** Whether another has come since, of the same source. */
        boolean isOlderThan(Picture now) {
            return source.equals(now.source) && count != now.count;
        }
    }

    private final BundleContext context;

    PictureWatch(BundleContext context) {
        this.context = context;
    }

    /** The cameras that have a picture now, by name. Empty when nobody can tell. */
    Map<String, Picture> now() {
        Map<String, Picture> pictures = new HashMap<>();
        try {
            for (ServiceReference<?> reference : context.getServiceReferences(Supplier.class, FILTER)) {
                if (context.getService(reference) instanceof Supplier<?> service
                        && service.get() instanceof Map<?, ?> cameras) {
                    cameras.forEach((name, told) -> pictures.put((String) name, Picture.of((Map<?, ?>) told)));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("pictures cannot be told: {}", e.toString()); // its bundle is on its way out
        }
        return pictures;
    }

    /**
     * Waits until every camera that had a picture has a newer one, of the source that it has chosen since.
     *
     * @param before {@link #now} before the swap
     * @param isOfAnySource whether another source may have taken the camera
     * @throws SwapException when one has none within 10 s
     */
    void await(Map<String, Picture> before, boolean isOfAnySource) throws SwapException, InterruptedException {
        long deadlineMs = System.currentTimeMillis() + PATIENCE_MS;
        for (Map.Entry<String, Picture> camera : before.entrySet()) {
            String source = camera.getValue().source();
            Picture first = null;
            Picture now = now().get(camera.getKey());
            while (first == null || now == null || !first.isOlderThan(now)) {
                if (System.currentTimeMillis() > deadlineMs) {
                    throw SwapException.withoutPicture("the camera " + camera.getKey()
                            + " had no picture from the source " + source + " within 10 s");
                }
                boolean counts = now != null && !now.isChoosing() && (isOfAnySource || source.equals(now.source()));
                first = counts ? now : null;
                Thread.sleep(INTERVAL_MS);
                now = now().get(camera.getKey());
            }
        }
    }
}
