package io.github.berrymse.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the access units that a {@link Capture} reads, while {@link Capture#read} runs and not otherwise. Confined to the
 * capture thread.
 */
@ProviderType
@FunctionalInterface
public interface AccessUnitSink {

    /**
     * Takes one access unit. Never waits and never throws for malformed data; when it returns, the unit's bytes are the
     * caller's again. What it throws otherwise is not for the capture, which lets it pass.
     */
    void accept(AccessUnit unit);
}
