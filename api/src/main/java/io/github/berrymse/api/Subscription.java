package io.github.berrymse.api;

import org.osgi.annotation.versioning.ProviderType;

/** A subscriber's hold on a stream. Thread-safe. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /** What has become of the viewer so far. */
    ViewerStatus status();

    /**
     * Nothing more is sent, but for what is on its way. May be called twice, from any thread, also from within {@link
     * Subscriber#send}; {@link Subscriber#ended} is not called.
     */
    @Override
    void close();
}
