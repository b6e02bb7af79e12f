package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Codec;
import io.github.berrymse.api.Packager;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bundles of other makers that throw, or never return: the camera and everybody else go on. */
@Timeout(60)
class HostileTest {
    private static final CameraSettings SETTINGS =
            new CameraSettings("test", "auto", "", 1280, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
    private static final Viewer.Limits LIMITS = new Viewer.Limits(1_000_000_000, 1 << 20);

    /** Trusts nobody. */
    private final Audience audience = new Audience("test", LIMITS, new Deliveries("test", Set.of()));

    private final Wishes wishes = new Wishes(SETTINGS);
    private final Sources sources = new Sources("test", wishes::sourcesChanged);
    private final CaptureThread capture =
            new CaptureThread(wishes, sources, new Packing(audience, new StreamMeter()), audience);
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger stuck = new AtomicInteger();

    @BeforeEach
    void start() {
        capture.packing().use(new CountingCodec());
    }

    @AfterEach
    void stop() {
        never.countDown();
        capture.stop();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private void awaitPictures(int count) throws InterruptedException {
        long end = capture.packing().framesPacked() + count;
        await(() -> capture.packing().framesPacked() >= end);
    }

    /** Waits for ever, and is not to be interrupted. */
    private void hang() {
        stuck.incrementAndGet();
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                stuck.incrementAndGet();
            }
        }
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
        Subscriber stuckViewer = viewer(done -> hang(), ended);
        audience.join(stuckViewer);
        audience.join(viewer(
                done -> {
                    others.incrementAndGet();
                    done.run();
                },
                ended));
        sources.add(new TestSource("camera", 100));
        capture.start();
        await(() -> stuck.get() > 0);
        int before = others.get();
        await(() -> others.get() > before + 20);
        audience.look(System.nanoTime());
        assertThat(audience.viewers()).hasSize(2);
        audience.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(11));

        assertThat(audience.viewers()).hasSize(1);
        await(() -> stuck.get() > 1); // it was interrupted
        audience.join(stuckViewer);
        assertThat(ended).containsExactly(" is detached, see the log");
        int after = others.get();
        await(() -> others.get() > after + 20);
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
        audience.look(System.nanoTime() + TimeUnit.HOURS.toNanos(1));

        assertThat(audience.viewers()).hasSize(1);
    }

    /** A source whose calls do as told. */
    private static VideoSource source(String name, Supplier<Suitability> suits, Runnable open, Runnable read) {
        TestSource plain = new TestSource(name, 100);
        return new VideoSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Suitability suits(CameraSettings settings) {
                return suits.get();
            }

            @Override
            public Capture open(CameraSettings settings) throws CaptureException {
                open.run();
                Capture capture = plain.open(settings);
                return (Capture) Proxy.newProxyInstance(
                        Capture.class.getClassLoader(), new Class<?>[] {Capture.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("read")) {
                                read.run();
                            }
                            return method.invoke(capture, arguments);
                        });
            }
        };
    }

    private static Suitability best() {
        return Suitability.accepted(200, "better than all");
    }

    @Test
    void aSourceThatDoesNotSayWhetherItFitsIsLeftOut() throws InterruptedException {
        sources.add(source(
                "hostile",
                () -> {
                    hang();
                    return best();
                },
                () -> {},
                () -> {}));
        sources.add(new TestSource("camera", 100));
        capture.start();
        await(() -> "camera".equals(capture.loop().state().source()));
        awaitPictures(10);
        assertThat(stuck).hasValue(1);
        never.countDown();

        await(() -> "hostile".equals(capture.loop().state().source()));
    }

    @Test
    void aPictureGoesOnWhileANewSourceIsAskedAndDoesNotAnswer() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        capture.start();
        awaitPictures(10);
        sources.add(source(
                "hostile",
                () -> {
                    hang();
                    return best();
                },
                () -> {},
                () -> {}));
        await(() -> stuck.get() == 1);
        awaitPictures(20);

        assertThat(camera.opened).hasValue(1);
    }

    @Test
    void aSourceThatHangsWhenItOpensIsLeftAloneWhenItsBundleStops() throws InterruptedException {
        VideoSource hanging = source("hostile", HostileTest::best, this::hang, () -> {});
        sources.add(hanging);
        sources.add(new TestSource("camera", 100));
        TestSubscriber viewer = TestSubscriber.quick();
        audience.join(viewer);
        capture.start();
        await(() -> stuck.get() > 0);
        sources.remove(hanging);
        capture.release(hanging);

        await(() -> "camera".equals(capture.loop().state().source()));
        awaitPictures(10);
        assertThat(viewer.ended).isNull();
        assertThat(audience.viewers()).hasSize(1);
    }

    @Test
    void aSourceThatHangsGivesWayToOneThatAccepts() throws InterruptedException {
        sources.add(source("hostile", HostileTest::best, this::hang, () -> {}));
        sources.add(new TestSource("camera", 100));
        capture.start();
        await(() -> stuck.get() > 0);
        capture.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(21));
        await(() -> "camera".equals(capture.loop().state().source()));
        never.countDown();
        awaitPictures(1);
        await(() -> {
            wishes.lookAgain();
            return "hostile".equals(capture.loop().state().source());
        });
    }

    @Test
    void aSourceThatHangsWhenItReadsIsSaidAndItsLatePicturesAreLeftOut() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        VideoSource hanging = source("hostile", HostileTest::best, () -> {}, () -> {
            if (reads.incrementAndGet() == 20) {
                hang();
            }
        });
        sources.add(hanging);
        capture.start();
        await(() -> stuck.get() > 0);
        Packing old = capture.packing();
        long packed = old.framesPacked();
        capture.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(8));
        assertThat(capture.loop().state().name()).isEqualTo("stalled");
        assertThat(capture.loop().state().reason()).startsWith("the source hostile has not answered for ");
        capture.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(31));

        await(() -> capture.packing().framesPacked() > packed + 50);
        assertThat(capture.packing()).isNotSameAs(old);
        never.countDown();
        awaitPictures(50);
        assertThat(old.framesPacked()).isEqualTo(packed);
    }

    @Test
    void aCodecThatThrowsIsSaidAndGetsAnotherChance() throws InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        Codec plain = new CountingCodec();
        capture.packing().use(new Codec() {
            @Override
            public String name() {
                return "hostile";
            }

            @Override
            public Packager newPackager() {
                Packager packager = plain.newPackager();
                return (Packager) Proxy.newProxyInstance(
                        Packager.class.getClassLoader(),
                        new Class<?>[] {Packager.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("write") && writes.incrementAndGet() == 10) {
                                throw new IllegalStateException("broken");
                            }
                            return method.invoke(packager, arguments);
                        });
            }
        });
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        capture.start();
        await(() -> capture.packing().trouble() != null);

        assertThat(capture.packing().trouble()).contains("the codec hostile failed with", "broken");
        await(() -> capture.packing().trouble() == null);
        awaitPictures(10);
        assertThat(camera.opened).as("the camera is not to blame").hasValue(1);
    }
}
