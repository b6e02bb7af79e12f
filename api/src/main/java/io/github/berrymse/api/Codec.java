package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes packagers. A service; of several, streams use the one of the highest service ranking, ours has 0. A stream uses one
 * packager for as long as this service lives and the packager does not throw. Thread-safe.
 */
@ConsumerType
public interface Codec {

    /** What the log calls it, such as {@code fmp4}. */
    String name();

    /** A packager for one stream, whose timeline starts at 0. Called on the capture thread. */
    Packager newPackager();
}
