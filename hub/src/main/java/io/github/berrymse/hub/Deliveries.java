package io.github.berrymse.hub;

import io.github.berrymse.api.Subscriber;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The {@link Delivery} of each transport bundle that has, or had, viewers of one stream. Thread-safe. */
final class Deliveries {
    private final String camera;
    private final ConcurrentMap<Object, Delivery> byBundle = new ConcurrentHashMap<>();
    private volatile Set<String> trusted;

    /** @param trusted symbolic names of the bundles that never wait */
    Deliveries(String camera, Set<String> trusted) {
        this.camera = camera;
        this.trusted = trusted;
    }

    /** Other bundles are trusted from now on, as far as they have had no viewer yet. */
    void trust(Set<String> symbolicNames) {
        trusted = symbolicNames;
    }

    /** That of the bundle whose class the subscriber is; where there is no framework, its class loader stands for it. */
    Delivery of(Subscriber subscriber) {
        Bundle bundle = FrameworkUtil.getBundle(subscriber.getClass());
        Object key = bundle == null ? subscriber.getClass().getClassLoader() : bundle;
        String name = bundle == null ? "" : bundle.getSymbolicName();
        return byBundle.computeIfAbsent(
                key, any -> trusted.contains(name) ? Delivery.direct(name) : Delivery.apart(camera, name));
    }

    /** A bundle has stopped: its next version starts with a clean slate. @return its delivery, or null */
    Delivery remove(Bundle bundle) {
        return byBundle.remove(bundle);
    }

    Collection<Delivery> all() {
        return byBundle.values();
    }

    /** Ends the threads, once they have done what they have to. */
    void close() {
        byBundle.values().forEach(Delivery::close);
    }
}
