/**
 * The words that sources, codecs, streams and transports share.
 *
 * <p>The way of one frame: a {@link io.github.berrymse.api.VideoSource} opens a {@link io.github.berrymse.api.Capture};
 * the capture thread of the stream reads it and is handed one {@link io.github.berrymse.api.AccessUnit} after another; a
 * {@link io.github.berrymse.api.Packager} turns each into one {@link io.github.berrymse.api.Fragment}, which the {@link
 * io.github.berrymse.api.LiveStream} offers to every {@link io.github.berrymse.api.Subscriber} as a {@link
 * io.github.berrymse.api.Segment}.
 *
 * <p>Versioned semantically. Types marked {@code ConsumerType} are implemented by whoever extends the program, and get
 * no new method without a default within a major version; those marked {@code ProviderType} are implemented by the hub
 * only. A record that gets a component keeps its constructor without it. Nothing may be null unless it says so.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.github.berrymse.api;
