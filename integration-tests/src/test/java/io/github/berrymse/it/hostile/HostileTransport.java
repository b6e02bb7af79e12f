package io.github.berrymse.it.hostile;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A transport of another maker, as bad as its property {@code mode} says. In a bundle that the test puts together. */
public final class HostileTransport {
    private final List<LiveStream> streams = new ArrayList<>();
    private String mode;

    public void addStream(LiveStream stream) {
        streams.add(stream);
    }

    public void removeStream(LiveStream stream) {}

    public void start(Map<String, Object> properties) {
        mode = (String) properties.get("mode");
        streams.forEach(this::watch);
    }

    /** Never closes its subscription. */
    private void watch(LiveStream stream) {
        stream.subscribe(new Subscriber() {
            private int count;

            @Override
            public String name() {
                return "hostile";
            }

            @Override
            public void send(Segment segment, Runnable done) {
                switch (mode) {
                    case "throw" -> throw new IllegalStateException("broken");
                    case "block" -> {
                        while (true) {
                            LockSupport.park();
                            Thread.interrupted(); // else it would not wait any more, but spin
                        }
                    }
                    case "slow" -> {
                        LockSupport.parkNanos(300_000_000);
                        done.run();
                    }
                    case "leak" -> count++; // and never says done
                    default -> done.run();
                }
            }

            @Override
            public void ended(String reason) {
                if (mode.equals("throw")) {
                    watch(stream); // at once again
                }
            }
        });
    }
}
