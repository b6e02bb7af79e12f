package io.github.berrymse.hub;

import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps what it is sent; says done at once, or when told to. */
final class TestSubscriber implements Subscriber {
    final List<Segment> received = new ArrayList<>();
    private final boolean isQuick;
    private Runnable done;
    String ended;

    private TestSubscriber(boolean isQuick) {
        this.isQuick = isQuick;
    }

    /** Deliveries that trust the bundle of this class. */
    static Deliveries direct() {
        return new Deliveries("test", Set.of(""));
    }

    static TestSubscriber quick() {
        return new TestSubscriber(true);
    }

    static TestSubscriber slow() {
        return new TestSubscriber(false);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public void send(Segment segment, Runnable whenDone) {
        received.add(segment);
        if (isQuick) {
            whenDone.run();
        } else {
            done = whenDone;
        }
    }

    @Override
    public void ended(String reason) {
        ended = reason;
    }

    /** Takes as many messages as given. */
    void take(int count) {
        for (int i = 0; i < count && done != null; i++) {
            Runnable now = done;
            done = null;
            now.run();
        }
    }

    List<Segment> media() {
        return received.stream().filter(segment -> !segment.isInit()).toList();
    }

    /** The numbers of the fragments it was sent. */
    List<Integer> numbers() {
        return media().stream()
                .map(segment -> ((TestFragment) segment.fragment()).number())
                .toList();
    }
}
