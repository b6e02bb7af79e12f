package io.github.berrymse.transport.hls;

import java.util.ArrayList;
import java.util.List;

/**
 * A Media Segment (HLS 2nd edition 3), which is its parts one after the other. Immutable; one that grows is another each
 * time.
 *
 * @param sequenceNumber its Media Sequence Number
 * @param discontinuityNumber its Discontinuity Sequence Number
 * @param isDiscontinuity whether its timeline does not continue that of the segment before it
 * @param init what a player must know before it
 * @param pace what the playlist promised when it began
 * @param startMs when its first picture was there, in milliseconds since 1970
 * @param parts its parts so far
 * @param isWhole whether nothing more comes
 */
record MediaSegment(
        long sequenceNumber,
        long discontinuityNumber,
        boolean isDiscontinuity,
        NumberedInit init,
        Pace pace,
        long startMs,
        List<PartialSegment> parts,
        boolean isWhole) {

    MediaSegment {
        parts = List.copyOf(parts);
    }

    MediaSegment with(PartialSegment part) {
        List<PartialSegment> more = new ArrayList<>(parts);
        more.add(part);
        return with(more, false);
    }

    MediaSegment whole() {
        return with(parts, true);
    }

    private MediaSegment with(List<PartialSegment> newParts, boolean isNowWhole) {
        return new MediaSegment(
                sequenceNumber, discontinuityNumber, isDiscontinuity, init, pace, startMs, newParts, isNowWhole);
    }

    double seconds() {
        return (double) parts.stream().mapToLong(PartialSegment::durationTicks).sum() / init.timescale();
    }

    long size() {
        return parts.stream().mapToLong(part -> part.bytes().length).sum();
    }
}
