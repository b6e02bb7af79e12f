package io.github.berrymse.hub;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.ViewerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All viewers of one stream, and the group of pictures that the next one starts with. A fragment is offered to each
 * viewer on the capture thread. Thread-safe.
 */
final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);
    private static final long MAX_GROUP_BYTES = 8 << 20;
    private static final long SLOW_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DETACH_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long REPORT_AGAIN_NS = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Deliveries deliveries;
    private volatile Viewer.Limits limits;
    private volatile long reportedNs = System.nanoTime() - REPORT_AGAIN_NS;
    private final LongAdder framesSent = new LongAdder();
    private final LongAdder framesDropped = new LongAdder();
    private final AtomicBoolean isKeyFrameWanted = new AtomicBoolean();

    private final Object lock = new Object();
    private final GroupOfPictures group = new GroupOfPictures(MAX_GROUP_BYTES);
    private List<Viewer> viewers = List.of();
    private boolean isEnded;

    Audience(String name, Viewer.Limits limits, Deliveries deliveries) {
        this.name = name;
        this.limits = limits;
        this.deliveries = deliveries;
    }

    Viewer.Limits limits() {
        return limits;
    }

    void limit(Viewer.Limits newLimits) {
        limits = newLimits;
    }

    /** Adds a viewer, who gets the group of pictures at once and then what comes. */
    Viewer join(Subscriber subscriber) {
        Delivery delivery = deliveries.of(subscriber);
        String viewerName = String.valueOf(subscriber.name());
        Viewer viewer;
        int count;
        String refusal;
        synchronized (lock) {
            viewer = new Viewer(subscriber, viewerName, this, delivery, group.fragments());
            refusal = isEnded
                    ? "the camera " + name + " is gone"
                    : delivery.isDetached() ? delivery.bundle() + " is detached, see the log" : null;
            if (refusal == null) {
                List<Viewer> more = new ArrayList<>(viewers);
                more.add(viewer);
                viewers = List.copyOf(more);
            }
            count = viewers.size();
        }
        if (refusal == null) {
            LOG.info("{}: {} joined ({} watching)", name, viewerName, count);
            wantKeyFrame();
            viewer.start();
        } else {
            viewer.end();
            subscriber.ended(refusal);
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

    /**
     * A transport broke its promise not to throw: its viewer goes, everybody else stays. Whoever sees that it is gone can
     * rely on all this being settled.
     */
    void failed(Viewer viewer, Throwable cause) {
        if (!viewer.end()) {
            return;
        }
        String bundle = viewer.delivery().bundle();
        LOG.warn("{}: a viewer of {} is detached, sending to it failed: {}", name, bundle, cause.toString());
        tellEnded(viewer, "its transport failed");
        if (viewer.delivery().hasFailedTooOften()) {
            detach(viewer.delivery(), "it failed again and again");
        }
        left(viewer);
    }

    private void tellEnded(Viewer viewer, String reason) {
        viewer.delivery().run(() -> {
            try {
                viewer.subscriber().ended(reason);
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "{}: {} fails to end its viewer: {}",
                        name,
                        viewer.delivery().bundle(),
                        e.toString());
            }
        });
    }

    /** Says which transport keeps a call waiting, and detaches it if that goes on. To be called every second or so. */
    void look(long nowNs) {
        for (Delivery delivery : deliveries.all()) {
            long waitingNs = delivery.waitingNs(nowNs);
            if (delivery.isDetached() || waitingNs < SLOW_NS) {
                continue;
            }
            if (waitingNs > DETACH_NS) {
                detach(delivery, "a call of it has not returned for 10 s");
            } else if (nowNs - reportedNs > REPORT_AGAIN_NS) {
                reportedNs = nowNs;
                LOG.warn(
                        "{}: {} has kept a call waiting for over a second; only its own viewers miss something",
                        name,
                        delivery.bundle());
            }
        }
    }

    /** All viewers of a bundle go, and it gets no others until it is replaced. */
    private void detach(Delivery delivery, String reason) {
        delivery.detach();
        LOG.warn("{}: {} is detached until it is replaced: {}", name, delivery.bundle(), reason);
        leave(delivery);
    }

    /** A bundle has stopped: whoever it left behind goes. */
    void stopped(Bundle bundle) {
        Delivery delivery = deliveries.remove(bundle);
        if (delivery != null) {
            delivery.detach();
            if (leave(delivery) > 0) {
                LOG.warn("{}: {} stopped without closing its subscriptions", name, delivery.bundle());
            }
        }
    }

    private int leave(Delivery delivery) {
        int count = 0;
        for (Viewer viewer : present()) {
            if (viewer.delivery() == delivery && viewer.end()) {
                left(viewer);
                count++;
            }
        }
        return count;
    }

    private List<Viewer> present() {
        synchronized (lock) {
            return viewers;
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
        Viewer.Offered offered = Viewer.Offered.live(fragment, System.nanoTime());
        for (int i = 0; i < present.size(); i++) {
            present.get(i).offer(offered);
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
                tellEnded(viewer, reason);
            }
        }
        deliveries.close();
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
        return present().stream().map(Viewer::status).toList();
    }
}
