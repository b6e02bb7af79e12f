package io.github.berrymse.api;

/**
 * One viewer in figures: made by the hub. Immutable.
 *
 * @param name the {@link Subscriber#name}
 * @param connectedMs milliseconds since it joined
 * @param framesSent media segments whose sending has begun
 * @param framesDropped fragments that it was too slow for
 * @param queued fragments waiting for it
 * @param bytesSent bytes of all segments whose sending has begun
 */
public record ViewerStatus(
        String name, long connectedMs, long framesSent, long framesDropped, int queued, long bytesSent) {}
