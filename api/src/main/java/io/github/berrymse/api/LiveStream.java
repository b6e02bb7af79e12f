package io.github.berrymse.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The live stream of one configured camera. A service, with the properties {@link #NAME} and {@link #ORDER}; it stays
 * registered while its camera is absent. Thread-safe.
 */
@ProviderType
public interface LiveStream {

    /** Service property: the camera's name. */
    String NAME = "camera.name";

    /** Service property, an int: 0 for the first camera of the configuration. */
    String ORDER = "camera.order";

    /** The camera's name. */
    String name();

    /**
     * Feeds a subscriber from now on: the initialization segment, at once the group of pictures since the last sync
     * sample, squeezed so that its last picture is the live edge, and then each fragment as it comes. An initialization
     * segment comes again whenever it is another. Does not wait; the subscriber may be called before this returns.
     */
    Subscription subscribe(Subscriber subscriber);

    /** What the camera does at this moment: a copy, made for each call. */
    StreamStatus status();
}
