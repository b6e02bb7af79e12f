/**
 * The words that sources, codecs, streams and transports share.
 *
 * <p>The way of one frame: a {@link io.github.berrymse.api.VideoSource} opens a {@link io.github.berrymse.api.Capture};
 * the capture thread of the stream reads it and is handed one {@link io.github.berrymse.api.AccessUnit} after another; a
 * {@link io.github.berrymse.api.Packager} turns each into one {@link io.github.berrymse.api.Fragment}, which the {@link
 * io.github.berrymse.api.LiveStream} offers to every {@link io.github.berrymse.api.Subscriber} as a {@link
 * io.github.berrymse.api.Segment}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.github.berrymse.api;
