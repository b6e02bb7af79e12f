package io.github.berrymse.hub;

import static io.github.berrymse.hub.TestLoop.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Subscriber;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transports of other makers that throw, or never return: everybody else sees on. */
@Timeout(60)
class HostileTransportTest {
    private static final Viewer.Limits LIMITS = new Viewer.Limits(1_000_000_000, 1 << 20);

    /** Trusts nobody. */
    private final Deliveries deliveries = new Deliveries("test", Set.of());

    private final Audience audience = new Audience("test", LIMITS, deliveries);
    private final Hang hang = new Hang();

    @AfterEach
    void stop() {
        hang.end();
        audience.end("the test is over");
    }

    /** A viewer whose transport does this for each segment, of a bundle of its own. */
    private static Subscriber viewer(Consumer<Runnable> send, List<String> ended) {
        ClassLoader bundle = new ClassLoader(Subscriber.class.getClassLoader()) {};
        return (Subscriber)
                Proxy.newProxyInstance(bundle, new Class<?>[] {Subscriber.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "send" -> send.accept((Runnable) arguments[1]);
                        case "ended" -> ended.add((String) arguments[0]);
                        default -> {
                            return "hostile";
                        }
                    }
                    return null;
                });
    }

    @Test
    void aTransportThatNeverReturnsHoldsUpNobodyAndIsDetached() throws InterruptedException {
        AtomicInteger others = new AtomicInteger();
        List<String> ended = new CopyOnWriteArrayList<>();
        Subscriber stuckViewer = viewer(done -> hang.run(), ended);
        audience.join(stuckViewer);
        audience.join(viewer(
                done -> {
                    others.incrementAndGet();
                    done.run();
                },
                ended));
        offerAndAwait(20, others);
        await(() -> hang.stuck.get() > 0);
        audience.look(System.nanoTime());
        assertThat(audience.viewers()).hasSize(2);
        awaitCallsUnderWay(1);
        audience.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(11));

        assertThat(audience.viewers()).hasSize(1);
        await(() -> hang.stuck.get() > 1); // it was interrupted
        audience.join(stuckViewer);
        assertThat(ended).containsExactly(" is detached, see the log");
        offerAndAwait(20, others);
    }

    /** Each is sent before the next comes. */
    private void offerAndAwait(int pictures, AtomicInteger sent) throws InterruptedException {
        for (int i = 0; i < pictures; i++) {
            int before = sent.get();
            audience.offer(TestFragment.key(i));
            await(() -> sent.get() > before);
        }
    }

    private void awaitCallsUnderWay(int count) throws InterruptedException {
        await(() -> deliveries.all().stream()
                        .filter(delivery -> delivery.waitingNs(System.nanoTime() + 1) > 0)
                        .count()
                == count);
    }

    @Test
    void aTransportThatThrowsAgainAndAgainIsDetached() throws InterruptedException {
        List<String> ended = new CopyOnWriteArrayList<>();
        Subscriber throwing = viewer(
                done -> {
                    throw new IllegalStateException("broken");
                },
                ended);
        for (int i = 0; i < 10; i++) {
            audience.join(throwing);
            audience.offer(TestFragment.key(i));
            await(() -> audience.viewers().isEmpty());
        }
        audience.join(throwing);

        List<String> told = new ArrayList<>(Collections.nCopies(9, "its transport failed"));
        told.add(" is detached, see the log"); // nor is it called for the tenth
        assertThat(ended).isEqualTo(told);
    }

    @Test
    void aSlowTransportIsNotDetachedAndSeesKeyFrames() throws InterruptedException {
        List<Runnable> owed = new CopyOnWriteArrayList<>();
        audience.join(viewer(owed::add, new ArrayList<>()));
        TestFragment.from(0, 100).forEach(audience::offer);
        await(() -> owed.size() == 1);
        awaitCallsUnderWay(0);
        audience.look(System.nanoTime() + TimeUnit.HOURS.toNanos(1));

        assertThat(audience.viewers()).hasSize(1);
    }
}
