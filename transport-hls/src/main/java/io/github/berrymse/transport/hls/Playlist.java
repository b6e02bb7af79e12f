package io.github.berrymse.transport.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The segments of one run that can be had at one moment: those that the Media Playlist lists, and a few that have left it
 * (HLS 2nd edition 6.2.2). Immutable, thread-safe; each new part makes another.
 */
final class Playlist {
    /** How long a segment can be had after it left the playlist, in target durations. */
    private static final int KEPT_TARGETS = 2;

    private final Limits limits;
    private final String token;
    private final List<MediaSegment> segments;
    private final int listedFrom;
    private volatile byte[] text;
    private volatile byte[] deltaUpdate;

    private Playlist(Limits limits, String token, List<MediaSegment> segments, int listedFrom) {
        this.limits = limits;
        this.token = token;
        this.segments = List.copyOf(segments);
        this.listedFrom = listedFrom;
    }

    /** @param token part of all addresses of this run, of no other's */
    static Playlist empty(Limits limits, String token) {
        return new Playlist(limits, token, List.of(), 0);
    }

    /**
     * This one with a new segment, or with another state of its newest; the oldest go.
     *
     * @param mostBytes that it may have, but for its newest segment
     */
    Playlist with(MediaSegment segment, long mostBytes) {
        List<MediaSegment> next = new ArrayList<>(segments);
        if (hasBegun() && newest().sequenceNumber() == segment.sequenceNumber()) {
            next.remove(next.size() - 1);
        }
        next.add(segment);
        double windowS = (double) limits.windowTargets() * segment.pace().targetDurationS();
        double keptS = windowS + KEPT_TARGETS * segment.pace().targetDurationS();
        int from = listedFrom;
        while (seconds(next, from + 1) >= windowS) {
            from++;
        }
        while (seconds(next, 1) >= keptS || next.size() > 1 && size(next) > mostBytes) {
            next.remove(0);
            from = Math.max(0, from - 1);
        }
        return new Playlist(limits, token, next, from);
    }

    private static double seconds(List<MediaSegment> segments, int from) {
        return segments.stream().skip(from).mapToDouble(MediaSegment::seconds).sum();
    }

    private static long size(List<MediaSegment> segments) {
        return segments.stream().mapToLong(MediaSegment::size).sum();
    }

    /** Whether it has a part. */
    boolean hasBegun() {
        return !segments.isEmpty();
    }

    /** Whether it has a whole segment: players that do not know parts need one. */
    boolean hasWholeSegment() {
        return hasBegun() && segments.get(0).isWhole();
    }

    String token() {
        return token;
    }

    /** The segment that the newest part is of; there is none before it {@link #hasBegun}. */
    MediaSegment newest() {
        return segments.get(segments.size() - 1);
    }

    /** What it promises at this moment. */
    Pace pace() {
        return newest().pace();
    }

    /** The segments that the playlist lists, the oldest first; the last may not be whole. */
    List<MediaSegment> listed() {
        return segments.subList(listedFrom, segments.size());
    }

    /** Seconds from the beginning of a listed segment to the end of the playlist. */
    double secondsFrom(int index) {
        return seconds(listed(), index);
    }

    /** The number of the part that comes next, in whichever segment. */
    long nextPart() {
        List<PartialSegment> parts = newest().parts();
        return parts.get(parts.size() - 1).number() + 1;
    }

    Optional<PartialSegment> part(long number) {
        return segments.stream()
                .flatMap(segment -> segment.parts().stream())
                .filter(part -> part.number() == number)
                .findFirst();
    }

    /** A whole segment. */
    Optional<MediaSegment> segment(long sequenceNumber) {
        return segments.stream()
                .filter(segment -> segment.sequenceNumber() == sequenceNumber && segment.isWhole())
                .findFirst();
    }

    Optional<NumberedInit> init(long number) {
        return segments.stream()
                .map(MediaSegment::init)
                .filter(init -> init.number() == number)
                .findFirst();
    }

    /** Bytes that it holds. */
    long size() {
        return size(segments);
    }

    /** The highest bit rate of a whole segment, or of what there is of the first. */
    long peakBitrateBps() {
        Stream<MediaSegment> rated =
                hasWholeSegment() ? segments.stream().filter(MediaSegment::isWhole) : segments.stream();
        return rated.mapToLong(segment -> Math.round(segment.size() * 8 / segment.seconds()))
                .max()
                .orElse(0);
    }

    /** The Media Playlist in UTF-8; written once for all who ask. */
    byte[] text() {
        if (text == null) {
            text = MediaPlaylistText.of(this, 0);
        }
        return text;
    }

    /** The Playlist Delta Update in UTF-8 (6.2.5.1); written once for all who ask. */
    byte[] deltaUpdate() {
        if (deltaUpdate == null) {
            deltaUpdate = MediaPlaylistText.of(this, skippable());
        }
        return deltaUpdate;
    }

    /** How many segments are farther from the end than the Skip Boundary. */
    private int skippable() {
        int count = 0;
        while (secondsFrom(count + 1) >= MediaPlaylistText.SKIP_BOUNDARY_TARGETS * pace().targetDurationS()) {
            count++;
        }
        return count;
    }
}
