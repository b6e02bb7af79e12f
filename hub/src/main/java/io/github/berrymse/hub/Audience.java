package io.github.berrymse.hub;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.ViewerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All viewers of one stream, and the group of pictures that the next one starts with. A fragment is offered to each
 * viewer on the capture thread. Thread-safe.
 */
final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);
    private static final long MAX_GROUP_BYTES = 8 << 20;

    private final String name;
    private volatile Viewer.Limits limits;
    private final LongAdder framesSent = new LongAdder();
    private final LongAdder framesDropped = new LongAdder();
    private final AtomicBoolean isKeyFrameWanted = new AtomicBoolean();

    private final Object lock = new Object();
    private final GroupOfPictures group = new GroupOfPictures(MAX_GROUP_BYTES);
    private List<Viewer> viewers = List.of();
    private boolean isEnded;

    Audience(String name, Viewer.Limits limits) {
        this.name = name;
        this.limits = limits;
    }

    Viewer.Limits limits() {
        return limits;
    }

    void limit(Viewer.Limits newLimits) {
        limits = newLimits;
    }

    /** Adds a viewer, who gets the group of pictures at once and then what comes. */
    Viewer join(Subscriber subscriber) {
        Viewer viewer;
        int count;
        boolean isLate;
        synchronized (lock) {
            List<Fragment> start = group.fragments();
            viewer = new Viewer(subscriber, this, start);
            isLate = isEnded;
            if (!isLate) {
                List<Viewer> more = new ArrayList<>(viewers);
                more.add(viewer);
                viewers = List.copyOf(more);
            }
            count = viewers.size();
        }
        if (isLate) {
            viewer.end();
            subscriber.ended("the camera " + name + " is gone");
        } else {
            LOG.info("{}: {} joined ({} watching)", name, subscriber.name(), count);
            wantKeyFrame();
            viewer.start();
        }
        return viewer;
    }

    void left(Viewer viewer) {
        int count;
        synchronized (lock) {
            List<Viewer> rest = new ArrayList<>(viewers);
            if (!rest.remove(viewer)) {
                return;
            }
            viewers = List.copyOf(rest);
            count = rest.size();
        }
        ViewerStatus was = viewer.status();
        LOG.info(
                "{}: {} left after {} s, {} frames sent, {} dropped ({} watching)",
                name,
                was.name(),
                was.connectedMs() / 1000,
                was.framesSent(),
                was.framesDropped(),
                count);
    }

    /** A transport broke its promise not to throw: its viewer goes, everybody else stays. */
    void failed(Viewer viewer, Throwable cause) {
        if (!viewer.end()) {
            return;
        }
        left(viewer);
        LOG.warn(
                "{}: a viewer is detached, its transport {} failed: {}",
                name,
                viewer.subscriber().getClass().getName(),
                cause.toString());
        try {
            viewer.subscriber().ended("its transport failed");
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: and fails to end it: {}", name, e.toString());
        }
    }

    /** The camera is closed: its last pictures are not live any more, and nobody starts with them. */
    void forgetPictures() {
        synchronized (lock) {
            group.clear();
        }
    }

    /** Gives a fragment to everybody. Confined to the capture thread. */
    void offer(Fragment fragment) {
        List<Viewer> present;
        synchronized (lock) {
            group.add(fragment);
            present = viewers;
        }
        long nowNs = System.nanoTime();
        for (int i = 0; i < present.size(); i++) {
            present.get(i).offer(fragment, nowNs);
        }
    }

    /** The stream is gone: nobody gets anything more. */
    void end(String reason) {
        List<Viewer> present;
        synchronized (lock) {
            isEnded = true;
            present = viewers;
            viewers = List.of();
            group.clear();
        }
        for (Viewer viewer : present) {
            if (viewer.end()) {
                viewer.subscriber().ended(reason);
            }
        }
    }

    void wantKeyFrame() {
        isKeyFrameWanted.set(true);
    }

    /** Whether a viewer has asked for a key frame since the last call. */
    boolean takeKeyFrameWanted() {
        return isKeyFrameWanted.get() && isKeyFrameWanted.getAndSet(false);
    }

    void sent() {
        framesSent.increment();
    }

    void dropped(int count) {
        framesDropped.add(count);
    }

    long framesSent() {
        return framesSent.sum();
    }

    long framesDropped() {
        return framesDropped.sum();
    }

    List<ViewerStatus> viewers() {
        List<Viewer> present;
        synchronized (lock) {
            present = viewers;
        }
        return present.stream().map(Viewer::status).toList();
    }
}
