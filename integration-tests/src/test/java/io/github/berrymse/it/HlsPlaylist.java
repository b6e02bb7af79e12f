package io.github.berrymse.it;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Media Playlist, read line by line as a player would. Immutable. */
final class HlsPlaylist {
    private static final Pattern DURATION = Pattern.compile("DURATION=([0-9.]+)");
    private static final Pattern URI = Pattern.compile("URI=\"([^\"]+)\"");

    /** A segment as far as it is there; its address is null until it is whole. */
    record Segment(
            long number, String address, double seconds, String init, boolean isDiscontinuity, List<Part> parts) {}

    /**
     * A part.
     *
     * @param endMs when it ended by the playlist's dates, in milliseconds since 1970
     */
    record Part(String address, double seconds, boolean isIndependent, long endMs) {}

    private final String text;
    private final List<Segment> segments = new ArrayList<>();
    private List<Part> parts = new ArrayList<>();
    private boolean isDiscontinuity;
    private String init;
    private String hint;
    private double seconds;
    private double endMs;
    private long number;

    HlsPlaylist(String text) {
        this.text = text;
        number = Long.parseLong(value("#EXT-X-MEDIA-SEQUENCE:"));
        text.lines().forEach(this::read);
        if (!parts.isEmpty()) {
            endSegment(null);
        }
    }

    private void read(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        if (line.equals("#EXT-X-DISCONTINUITY")) {
            isDiscontinuity = true;
        } else if (line.startsWith("#EXT-X-MAP:")) {
            init = first(URI, value);
        } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
            endMs = Instant.parse(value).toEpochMilli();
        } else if (line.startsWith("#EXT-X-PART:")) {
            double duration = Double.parseDouble(first(DURATION, value));
            endMs += 1000 * duration;
            parts.add(new Part(first(URI, value), duration, value.contains("INDEPENDENT=YES"), (long) endMs));
        } else if (line.startsWith("#EXT-X-PRELOAD-HINT:TYPE=PART")) {
            hint = first(URI, value);
        } else if (line.startsWith("#EXTINF:")) {
            seconds = Double.parseDouble(value.substring(0, value.length() - 1));
        } else if (!line.startsWith("#")) {
            endSegment(line);
        }
    }

    private void endSegment(String address) {
        segments.add(new Segment(number++, address, seconds, init, isDiscontinuity, List.copyOf(parts)));
        parts = new ArrayList<>();
        isDiscontinuity = false;
    }

    private static String first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The rest of the line that begins so. */
    String value(String tag) {
        return text.lines()
                .filter(line -> line.startsWith(tag))
                .findFirst()
                .orElseThrow(() -> new AssertionError(tag + " is missing in\n" + text))
                .substring(tag.length());
    }

    String text() {
        return text;
    }

    /** All, the oldest first; the last may not be whole. */
    List<Segment> segments() {
        return segments;
    }

    List<Segment> wholeSegments() {
        return segments.stream().filter(segment -> segment.address() != null).toList();
    }

    List<Part> parts() {
        return segments.stream().flatMap(segment -> segment.parts().stream()).toList();
    }

    Part newestPart() {
        List<Part> all = parts();
        return all.get(all.size() - 1);
    }

    String hint() {
        return hint;
    }

    int targetDurationS() {
        return Integer.parseInt(value("#EXT-X-TARGETDURATION:"));
    }

    double partTargetS() {
        return Double.parseDouble(value("#EXT-X-PART-INF:PART-TARGET="));
    }

    /** The query that asks for the part after the newest. */
    String next() {
        Segment newest = segments.get(segments.size() - 1);
        boolean isWhole = newest.address() != null;
        return "?_HLS_msn=" + (newest.number() + (isWhole ? 1 : 0)) + "&_HLS_part="
                + (isWhole ? 0 : newest.parts().size());
    }
}
