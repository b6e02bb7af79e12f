package io.github.berrymse.transport.hls;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes a Media Playlist (HLS 2nd edition 4). Confined to one call. */
final class MediaPlaylistText {
    /** Segments farther from the end are left out of delta updates, in target durations; 6 is the least (4.4.3.8). */
    static final int SKIP_BOUNDARY_TARGETS = 6;

    /** EXT-X-SKIP asks for version 9 (8). */
    private static final int VERSION = 9;

    private static final int HOLD_BACK = 3;
    private static final int PARTS_WITHIN_TARGETS = 3;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Playlist playlist;
    private final Pace pace;
    private final StringBuilder text = new StringBuilder(2048);

    private MediaPlaylistText(Playlist playlist) {
        this.playlist = playlist;
        this.pace = playlist.pace();
    }

    /** @param skipped how many of the listed segments are left out, in a delta update */
    static byte[] of(Playlist playlist, int skipped) {
        return new MediaPlaylistText(playlist).write(skipped).getBytes(StandardCharsets.UTF_8);
    }

    private String write(int skipped) {
        head();
        if (skipped > 0) {
            line("#EXT-X-SKIP:SKIPPED-SEGMENTS=%d", skipped);
        }
        List<MediaSegment> segments = playlist.listed();
        for (int i = skipped; i < segments.size(); i++) {
            segment(segments.get(i), i == 0 ? null : segments.get(i - 1), hasParts(i));
        }
        line("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"%s/part-%d.m4s\"", playlist.token(), playlist.nextPart());
        return text.toString();
    }

    private void head() {
        MediaSegment first = playlist.listed().get(0);
        int targetS = pace.targetDurationS();
        line("#EXTM3U");
        line("#EXT-X-VERSION:%d", VERSION);
        line("#EXT-X-TARGETDURATION:%d", targetS);
        line(
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=%d.0,HOLD-BACK=%d.0,PART-HOLD-BACK=%.3f",
                SKIP_BOUNDARY_TARGETS * targetS, HOLD_BACK * targetS, HOLD_BACK * pace.partTargetS());
        line("#EXT-X-PART-INF:PART-TARGET=%.3f", pace.partTargetS());
        line("#EXT-X-MEDIA-SEQUENCE:%d", first.sequenceNumber());
        line("#EXT-X-DISCONTINUITY-SEQUENCE:%d", first.discontinuityNumber() - (first.isDiscontinuity() ? 1 : 0));
    }

    /** Only near the end, and where they keep what the playlist promises now. */
    private boolean hasParts(int index) {
        boolean isLast = index == playlist.listed().size() - 1;
        boolean isNearEnd = playlist.secondsFrom(index) <= PARTS_WITHIN_TARGETS * pace.targetDurationS();
        return isLast || isNearEnd && playlist.listed().get(index).pace().equals(pace);
    }

    private void segment(MediaSegment segment, MediaSegment before, boolean hasParts) {
        if (segment.isDiscontinuity()) {
            line("#EXT-X-DISCONTINUITY");
        }
        if (before == null || before.init().number() != segment.init().number()) {
            line(
                    "#EXT-X-MAP:URI=\"%s/init-%d.mp4\"",
                    playlist.token(), segment.init().number());
        }
        line("#EXT-X-PROGRAM-DATE-TIME:%s", DATE.format(Instant.ofEpochMilli(segment.startMs())));
        if (hasParts) {
            segment.parts().forEach(part -> part(part, segment.init().timescale()));
        }
        if (segment.isWhole()) {
            line("#EXTINF:%.5f,", segment.seconds());
            line("%s/segment-%d.m4s", playlist.token(), segment.sequenceNumber());
        }
    }

    private void part(PartialSegment part, int timescale) {
        line(
                "#EXT-X-PART:DURATION=%.5f,%sURI=\"%s/part-%d.m4s\"",
                (double) part.durationTicks() / timescale,
                part.isIndependent() ? "INDEPENDENT=YES," : "",
                playlist.token(),
                part.number());
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
