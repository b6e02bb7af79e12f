package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one subscriber of a camera for all its HLS viewers: has its fragments divided, on the thread that brings them, and
 * never makes the stream wait. Thread-safe.
 */
final class Intake implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String camera;
    private final Runnable whenChanged;
    private final Consumer<String> whenEnded;
    private volatile Playlist playlist;
    private volatile Pace told;
    private volatile boolean hasWarned;

    private final Object lock = new Object();
    private final Segmenter segmenter;
    private List<Fragment> joinedWith = new ArrayList<>();

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

    /** Subscribes. What comes at once, the pictures since the last sync sample, is dated back: its last is the newest. */
    Subscription join(LiveStream stream) {
        Subscription subscription = stream.subscribe(this);
        synchronized (lock) {
            List<Fragment> past = joinedWith;
            joinedWith = null;
            long nowMs = System.currentTimeMillis();
            past.forEach(fragment -> segmenter.add(fragment, nowMs - msBetween(fragment, past.get(past.size() - 1))));
            playlist = segmenter.playlist();
        }
        changed();
        return subscription;
    }

    /** From the end of one to the end of another. */
    private static long msBetween(Fragment fragment, Fragment later) {
        long ticks =
                later.decodeTimeTicks() + later.durationTicks() - fragment.decodeTimeTicks() - fragment.durationTicks();
        return 1000 * ticks / later.init().timescale();
    }

    @Override
    public String name() {
        return "hls";
    }

    @Override
    public void send(Segment segment, Runnable done) {
        if (!segment.isInit() && isChangedBy(segment.fragment())) {
            changed();
        }
        done.run();
    }

    private boolean isChangedBy(Fragment fragment) {
        synchronized (lock) {
            if (joinedWith != null) {
                joinedWith.add(fragment);
                return false;
            }
            Playlist before = playlist;
            segmenter.add(fragment, System.currentTimeMillis());
            playlist = segmenter.playlist();
            return playlist != before;
        }
    }

    private void changed() {
        whenChanged.run();
        Playlist now = playlist;
        if (now.hasBegun()) {
            tell(now);
        }
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
