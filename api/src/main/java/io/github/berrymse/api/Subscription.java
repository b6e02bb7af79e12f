package io.github.berrymse.api;

import org.osgi.annotation.versioning.ProviderType;

/** A subscriber's hold on a stream. Thread-safe. */
@ProviderType
public interface Subscription extends AutoCloseable {

    /** What has become of the viewer so far. */
    ViewerStatus status();

    /** Nothing more is sent. May be called twice, from any thread; {@link Subscriber#ended} is not called. */
    @Override
    void close();
}
