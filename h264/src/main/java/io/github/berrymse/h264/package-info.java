/**
 * The H.264 byte stream (ITU-T H.264 Annex B): NAL units, parameter sets, slice headers and access units. Names are the
 * Recommendation's; nothing here decodes a picture, and nothing throws for malformed bytes.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.github.berrymse.h264;
