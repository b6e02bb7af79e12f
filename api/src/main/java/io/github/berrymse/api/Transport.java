package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to the viewers. A bundle that subscribes to the {@link LiveStream} services registers this service too, so that
 * status and pages know where each camera is to be had. Thread-safe.
 */
@ConsumerType
public interface Transport {

    /** A short lower-case word of its own, such as {@code websocket}. */
    String name();

    /** Where it serves a camera, as a path on the HTTP server or as a URL; null where it does not serve that one. */
    String address(String cameraName);
}
