package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one subscriber of a camera for all its HLS viewers: has its fragments divided at once, on the thread that brings them.
 * Called by the stream, never twice at once; thread-safe for all others.
 */
final class Intake implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String camera;
    private final Segmenter segmenter;
    private final Runnable whenChanged;
    private final Consumer<String> whenEnded;
    private volatile Playlist playlist;
    private List<Fragment> past = new ArrayList<>();
    private Pace told;
    private boolean hasWarned;

    /**
     * @param whenChanged run when the playlist is another; does not wait
     * @param whenEnded told why, when the stream is gone; does not wait
     */
    Intake(String camera, Segmenter segmenter, Runnable whenChanged, Consumer<String> whenEnded) {
        this.camera = camera;
        this.segmenter = segmenter;
        this.playlist = segmenter.playlist();
        this.whenChanged = whenChanged;
        this.whenEnded = whenEnded;
    }

    /** What has come so far. */
    Playlist playlist() {
        return playlist;
    }

    @Override
    public String name() {
        return "hls";
    }

    @Override
    public void send(Segment segment, Runnable done) {
        if (!segment.isInit()) {
            if (past != null && isSqueezed(segment)) {
                past.add(segment.fragment());
            } else {
                divide(segment.fragment(), System.currentTimeMillis());
            }
        }
        done.run();
    }

    /** Whether it is one of those that the stream gives at once to whoever joins. */
    private static boolean isSqueezed(Segment segment) {
        return segment.durationTicks() < segment.fragment().durationTicks();
    }

    /** Takes a fragment that has just come; before the first, what the stream gave at once, dated back from that. */
    private void divide(Fragment fragment, long nowMs) {
        if (past != null) {
            past.forEach(before -> segmenter.add(before, nowMs - msBetween(before, fragment)));
            past = null;
        }
        segmenter.add(fragment, nowMs);
        if (segmenter.playlist() != playlist) {
            playlist = segmenter.playlist();
            changed();
        }
    }

    /** From the end of one to the end of another. */
    private static long msBetween(Fragment fragment, Fragment later) {
        long ticks =
                later.decodeTimeTicks() + later.durationTicks() - fragment.decodeTimeTicks() - fragment.durationTicks();
        return 1000 * ticks / later.init().timescale();
    }

    private void changed() {
        whenChanged.run();
        tell(playlist);
    }

    /** What a playlist promises, and what makes joining harder. */
    private void tell(Playlist now) {
        if (!now.pace().equals(told)) {
            told = now.pace();
            LOG.info(
                    "{}: HLS has segments of up to {} s and parts of up to {} ms",
                    camera,
                    told.targetDurationS(),
                    told.partTargetMs());
        }
        if (!hasWarned && !now.newest().parts().get(0).isIndependent()) {
            hasWarned = true;
            LOG.warn(
                    "{}: a segment of HLS begins without a key frame, as none came for {} s: who joins may see no picture"
                            + " until the next",
                    camera,
                    told.targetDurationS());
        }
    }

    @Override
    public void ended(String reason) {
        whenEnded.accept(reason);
    }
}
