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
     * @param pictures how many there were so far
     * @param asked grows with all that it may choose anew for
     * @param chosen what was asked when it chose what plays
     */
    record Camera(boolean isPlaying, String source, long pictures, long asked, long chosen) {
        static Camera of(Map<?, ?> told) {
            return new Camera(
                    (Boolean) told.get("isPlaying"),
                    (String) told.get("source"),
                    (Long) told.get("pictures"),
                    (Long) told.get("asked"),
                    (Long) told.get("chosen"));
        }
    }

    /** Waits for a new picture of one camera, of what it has chosen since this began. */
    static final class Wait {
        private final String source;
        private long asked = Long.MAX_VALUE;
        private Camera first;

        /** @param source the name of the one that is to give it; null: any */
        Wait(String source) {
            this.source = source;
        }

        /** To be called again and again. @param now null: not there @return whether there was one */
        boolean isOver(Camera now) {
            if (now == null) {
                return false;
            }
            asked = Math.min(asked, now.asked()); // what is asked later is no reason to wait longer
            if (now.chosen() < asked || source != null && !source.equals(now.source())) {
                first = null;
            } else if (first == null || !first.source().equals(now.source())) {
                first = now;
            }
            return first != null && now.pictures() != first.pictures();
        }
    }

    private final BundleContext context;

    PictureWatch(BundleContext context) {
        this.context = context;
    }

    /** All cameras by name, and what they show. Empty when nobody can tell. */
    Map<String, Camera> now() {
        Map<String, Camera> cameras = new HashMap<>();
        try {
            for (ServiceReference<?> reference : context.getServiceReferences(Supplier.class, FILTER)) {
                put(context.getService(reference), cameras);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return cameras;
    }

    private static void put(Object service, Map<String, Camera> cameras) {
        try {
            if (service instanceof Supplier<?> supplier && supplier.get() instanceof Map<?, ?> told) {
                told.forEach((name, camera) -> cameras.put((String) name, Camera.of((Map<?, ?>) camera)));
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("pictures cannot be told: {}", e.toString()); // its bundle is on its way out
        }
    }

    /**
     * Waits until every camera that had a picture has a newer one, of the source that it has chosen since.
     *
     * @param before {@link #now} before the swap
     * @param isOfAnySource whether another source may have taken the camera
     * @throws SwapException when one has none within 10 s
     */
    void await(Map<String, Camera> before, boolean isOfAnySource) throws SwapException, InterruptedException {
        Map<String, Wait> waits = new HashMap<>();
        before.forEach((name, camera) -> {
            if (camera.isPlaying()) {
                waits.put(name, new Wait(isOfAnySource ? null : camera.source()));
            }
        });
        long deadlineMs = System.currentTimeMillis() + PATIENCE_MS;
        while (true) {
            Map<String, Camera> now = now();
            waits.entrySet().removeIf(wait -> wait.getValue().isOver(now.get(wait.getKey())));
            if (waits.isEmpty()) {
                return;
            }
            if (System.currentTimeMillis() > deadlineMs) {
                String name = waits.keySet().iterator().next();
                throw SwapException.withoutPicture("the camera " + name + " had no picture from the source "
                        + before.get(name).source() + " within 10 s");
            }
            Thread.sleep(INTERVAL_MS);
        }
    }
}
