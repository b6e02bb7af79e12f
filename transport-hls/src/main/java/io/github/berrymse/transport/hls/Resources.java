package io.github.berrymse.transport.hls;

import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.StreamStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What there is at the addresses of one camera. Thread-safe. */
final class Resources {
    private static final int BLOCKING_MAX_AGE_TARGETS = 6;

    private Resources() {}

    /**
     * The Multivariant Playlist, from the first part on.
     *
     * @param folder where the Media Playlist is, seen from here: empty, or with a slash at its end
     */
    static Resource index(Supplier<StreamStatus> status, String folder) {
        return now -> now.hasBegun() ? Optional.of(index(now, status.get(), folder)) : Optional.empty();
    }

    private static Reply index(Playlist now, StreamStatus status, String folder) {
        InitializationSegment init = now.newest().init().segment();
        String text = String.format(
                Locale.ROOT,
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=%d,CODECS=\"%s\",RESOLUTION=%dx%d%s\n%slive.m3u8\n",
                Math.max(now.peakBitrateBps(), status.bitrateBps()),
                init.codec(),
                init.width(),
                init.height(),
                frameRate(status.framesPerSecond()),
                folder);
        return Reply.playlist(text.getBytes(StandardCharsets.UTF_8), maxAgeS(now));
    }

    private static String frameRate(double framesPerSecond) {
        return framesPerSecond > 0 ? String.format(Locale.ROOT, ",FRAME-RATE=%.3f", framesPerSecond) : "";
    }

    /** The Media Playlist, from the first whole segment on. */
    static Resource live(Directives directives) {
        return now -> {
            if (!now.hasWholeSegment()) {
                return Optional.empty();
            }
            if (directives.isBlocking() && directives.isTooFarAheadOf(now)) {
                return Optional.of(Reply.error(400, "this is too far ahead of the playlist"));
            }
            return !directives.isBlocking() || directives.isMetBy(now)
                    ? Optional.of(live(now, directives))
                    : Optional.empty();
        };
    }

    private static Reply live(Playlist now, Directives directives) {
        int maxAgeS =
                directives.isBlocking() ? BLOCKING_MAX_AGE_TARGETS * now.pace().targetDurationS() : maxAgeS(now);
        return Reply.playlist(directives.isDelta() ? now.deltaUpdate() : now.text(), maxAgeS);
    }

    /** Half a target duration, but not 0: requests of one moment are one for the server behind a cache. */
    private static int maxAgeS(Playlist now) {
        return Math.max(1, now.pace().targetDurationS() / 2);
    }

    /** A part; the next one is waited for. */
    static Resource part(long number) {
        return now -> {
            Optional<Reply> part = now.part(number).map(there -> Reply.media(List.of(there.bytes())));
            boolean isNext = now.hasBegun() ? number == now.nextPart() : number == 0;
            return part.isPresent() || isNext ? part : Optional.of(gone("part " + number));
        };
    }

    static Resource segment(long sequenceNumber) {
        return now -> Optional.of(now.segment(sequenceNumber)
                .map(segment -> Reply.media(
                        segment.parts().stream().map(PartialSegment::bytes).toList()))
                .orElseGet(() -> gone("segment " + sequenceNumber)));
    }

    static Resource init(long number) {
        return now -> Optional.of(now.init(number)
                .map(init -> Reply.media(List.of(init.bytes())))
                .orElseGet(() -> gone("initialization segment " + number)));
    }

    private static Reply gone(String what) {
        return Reply.error(404, what + " is not there, or not any more");
    }
}
