package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Divides one stream into segments and parts. A segment begins at a sync sample; only where none comes for longer than the
 * target duration, or where a segment would hold more than its share of the bytes, it begins without one. A part ends as
 * soon as it is long enough. Guarded by its owner.
 *
 * <p>Decode times are the stream's own. They go on without a hole within a segment and, but for discontinuities, from
 * one to the next. A sample that would make its part too long is made shorter, and those after it longer, until the
 * stream's time is reached again.
 */
final class Segmenter {
    /** A sync sample within less of a segment does not end it, so that key frames in close succession make no crumbs. */
    private static final double SHORTEST_S = 0.8;

    /** How far the date of a segment may be from the clock before it is set right. */
    private static final long DATE_TOLERANCE_MS = 500;

    /** A segment may have this share of all bytes, so that a playlist always has a few. */
    private static final int BYTE_SHARE = 4;

    /**
     * Discontinuity numbers begin below this, and in each run elsewhere, as players take equal ones for one timeline. Not
     * at the segment's number: pages hang in which hls.js has to do with one as high (1.7.4, seen 2026-11).
     */
    private static final int DISCONTINUITY_NUMBERS = 10_000;

    private final Limits limits;
    private final LongSupplier mostBytes;
    private final PartBuilder part = new PartBuilder();
    private final GroupOfPictures group = new GroupOfPictures();
    private Playlist playlist;
    private Pace pace;
    private Pace paceOfGroup;
    private NumberedInit init;
    private MediaSegment open;
    private double longestGroupS;
    private long sequenceNumber;
    private long discontinuityNumber;
    private long partNumber;
    private int fragments;
    private long streamEndTicks;
    private long endTicks;
    private long endMs;

    /**
     * @param mostBytes that the playlist may have at the moment
     * @param playlist empty, to which what comes is added
     * @param pace what the stream is known to need
     * @param groupS seconds from one key frame to the next, 0 when unknown
     * @param firstNumber of the first segment
     */
    Segmenter(Limits limits, LongSupplier mostBytes, Playlist playlist, Pace pace, double groupS, long firstNumber) {
        this.limits = limits;
        this.mostBytes = mostBytes;
        this.playlist = playlist;
        this.pace = pace;
        this.paceOfGroup = pace;
        this.longestGroupS = groupS;
        this.sequenceNumber = firstNumber;
        this.discontinuityNumber = firstNumber % DISCONTINUITY_NUMBERS;
    }

    /** What has come so far. */
    Playlist playlist() {
        return playlist;
    }

    /** @param nowMs when the fragment ended, by the clock, in milliseconds since 1970 */
    void add(Fragment fragment, long nowMs) {
        Pace fitting = fragment.isSync() && init != null ? endGroup() : pace;
        if (!follows(fragment) || !fitting.equals(pace)) {
            beginTimeline(fragment, fitting);
        } else if (fragment.isSync() ? isLongEnough() : part.isEmpty() && isFull()) {
            endSegment();
        }
        if (open == null) {
            beginSegment(nowMs - 1000L * fragment.durationTicks() / init.timescale());
        }
        append(fragment);
        if (part.durationTicks() >= pace.shortestPartTicks(init.timescale())) {
            endPart();
        }
    }

    private boolean follows(Fragment fragment) {
        return init != null
                && fragment.decodeTimeTicks() == streamEndTicks
                && (fragment.init() == init.segment() || fragment.init().equals(init.segment()));
    }

    /** @return what the stream needs, by the group of pictures that has ended and the one before it */
    private Pace endGroup() {
        double groupS = group.seconds(init.timescale());
        longestGroupS = Math.max(longestGroupS, groupS);
        Pace before = paceOfGroup;
        paceOfGroup = Pace.of(limits, groupS, group.frameSeconds(init.timescale()));
        group.clear();
        return pace.stretched(before, paceOfGroup);
    }

    private void beginTimeline(Fragment fragment, Pace newPace) {
        endSegment();
        boolean isFirst = init == null;
        if (isFirst || !fragment.init().equals(init.segment())) {
            init = NumberedInit.of(isFirst ? 0 : init.number() + 1, fragment.init());
        }
        if (!isFirst) {
            discontinuityNumber++;
        }
        pace = newPace;
        endTicks = fragment.decodeTimeTicks();
    }

    /** Whether a segment can end before a sync sample: it is long, or would have no room for all until the next. */
    private boolean isLongEnough() {
        return secondsOpen() >= SHORTEST_S || !pace.hasRoom(secondsOpen(), longestGroupS);
    }

    /** Whether a segment must end, though no sync sample has come. */
    private boolean isFull() {
        return !pace.hasRoom(secondsOpen(), pace.partTargetS()) || open.size() * BYTE_SHARE > mostBytes.getAsLong();
    }

    private double secondsOpen() {
        return open.seconds() + (double) part.durationTicks() / init.timescale();
    }

    private void beginSegment(long startMs) {
        boolean isOnTime = playlist.hasBegun() && Math.abs(startMs - endMs) < DATE_TOLERANCE_MS;
        open = new MediaSegment(
                sequenceNumber++,
                discontinuityNumber,
                playlist.hasBegun() && discontinuityNumber != playlist.newest().discontinuityNumber(),
                init,
                pace,
                isOnTime ? Math.min(endMs, startMs) : startMs, // a picture is seen late, never early
                List.of(),
                false);
    }

    private void append(Fragment fragment) {
        streamEndTicks = fragment.decodeTimeTicks() + fragment.durationTicks();
        int room = pace.partTargetTicks(init.timescale()) - part.durationTicks();
        int durationTicks = (int) Math.max(1, Math.min(streamEndTicks - endTicks, room));
        part.add(fragment, ++fragments, endTicks, durationTicks);
        group.add(fragment);
        endTicks += durationTicks;
    }

    private void endPart() {
        open = open.with(part.take(partNumber++));
        playlist = playlist.with(open, mostBytes.getAsLong());
    }

    private void endSegment() {
        if (!part.isEmpty()) {
            endPart();
        }
        if (open != null) {
            playlist = playlist.with(open.whole(), mostBytes.getAsLong());
            endMs = open.startMs() + Math.round(1000 * open.seconds());
            open = null;
        }
    }
}
