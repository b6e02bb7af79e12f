package io.github.berrymse.transport.hls;

/**
 * A Partial Segment (HLS 2nd edition 4.4.4.9): movie fragments in a row,
 * which are CMAF chunks (ISO/IEC 23000-19).
 * Immutable, and so are its bytes.
 *
 * @param number counts up within a run, across segments, so that the next one's address is known before anything else of it
 * @param durationTicks in the timescale of its segment
 * @param isIndependent whether it holds a sync sample
 * @param bytes the fragments
 */
record PartialSegment(long number, int durationTicks, boolean isIndependent, byte[] bytes) {}
