package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.StreamStatus;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Subscription;
import io.github.berrymse.api.ViewerStatus;
import java.util.ArrayList;
import java.util.List;

/** A stream of 30 pictures per second with a key frame each second, which are there when the test says so. */
final class TestStream implements LiveStream {
    private static final int FRAME_TICKS = 3000;
    private static final int GROUP = 30;

    private final List<Fragment> group = new ArrayList<>();
    private Subscriber subscriber;
    private int frames;
    private int closed;

    @Override
    public String name() {
        return "door";
    }

    @Override
    public Subscription subscribe(Subscriber newSubscriber) {
        subscriber = newSubscriber;
        group.forEach(fragment -> send(fragment, 1));
        return new Subscription() {
            @Override
            public ViewerStatus status() {
                return null;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private void send(Fragment fragment, int durationTicks) {
        subscriber.send(new Segment(fragment.init(), fragment, 1, 0, durationTicks), () -> {});
    }

    /** So many pictures come. */
    void come(int count) {
        for (int i = 0; i < count; i++) {
            boolean isSync = frames % GROUP == 0;
            Fragment fragment =
                    new TestFragment(TestFragment.INIT, isSync, (long) frames++ * FRAME_TICKS, FRAME_TICKS, 100);
            if (isSync) {
                group.clear();
            }
            group.add(fragment);
            if (subscriber != null) {
                send(fragment, FRAME_TICKS);
            }
        }
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** How often a subscription was closed. */
    int closed() {
        return closed;
    }

    @Override
    public StreamStatus status() {
        return new StreamStatus(
                "door",
                "waiting",
                "the cable is out",
                null,
                null,
                null,
                null,
                0,
                0,
                30,
                1_000_000,
                1000,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of());
    }
}
