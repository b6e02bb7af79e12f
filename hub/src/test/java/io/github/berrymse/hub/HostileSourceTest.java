package io.github.berrymse.hub;

import static io.github.berrymse.hub.TestLoop.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Codec;
import io.github.berrymse.api.Packager;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources and codecs of other makers that throw, or never return: the picture goes on. */
@Timeout(60)
class HostileSourceTest {
    private static final Viewer.Limits LIMITS = new Viewer.Limits(1_000_000_000, 1 << 20);

    private final Audience audience = new Audience("test", LIMITS, TestSubscriber.direct());
    private final Wishes wishes = new Wishes(TestLoop.SETTINGS);
    private final Sources sources = new Sources("test", wishes::sourcesChanged);
    private final CaptureThread capture =
            new CaptureThread(wishes, sources, new Packing(audience, new StreamMeter()), audience);
    private final Hang hang = new Hang();

    @BeforeEach
    void start() {
        capture.packing().use(new CountingCodec());
    }

    @AfterEach
    void stop() {
        hang.end();
        capture.stop();
    }

    private void awaitPictures(int count) throws InterruptedException {
        long end = capture.packing().framesPacked() + count;
        await(() -> capture.packing().framesPacked() >= end);
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

    private Suitability bestAfterAll() {
        hang.run();
        return best();
    }

    @Test
    void aSourceThatDoesNotSayWhetherItFitsIsLeftOut() throws InterruptedException {
        sources.add(source("hostile", this::bestAfterAll, () -> {}, () -> {}));
        sources.add(new TestSource("camera", 100));
        capture.start();
        await(() -> "camera".equals(capture.loop().state().source()));
        awaitPictures(10);
        assertThat(hang.stuck).hasValue(1);
        hang.end();

        await(() -> "hostile".equals(capture.loop().state().source()));
    }

    @Test
    void aPictureGoesOnWhileANewSourceIsAskedAndDoesNotAnswer() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        capture.start();
        awaitPictures(10);
        sources.add(source("hostile", this::bestAfterAll, () -> {}, () -> {}));
        await(() -> hang.stuck.get() == 1);
        awaitPictures(20);

        assertThat(camera.opened).hasValue(1);
    }

    @Test
    void aPictureGoesOnWhileItsOwnSourceDoesNotSayWhetherItStillFits() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        capture.start();
        awaitPictures(10);
        camera.whenAsked = hang;
        wishes.lookAgain();
        await(() -> hang.stuck.get() == 1);
        Thread.sleep(2500); // longer than an answer is waited for
        wishes.lookAgain();
        awaitPictures(200);
        hang.end();
        awaitPictures(200);

        assertThat(camera.opened).hasValue(1);
    }

    @Test
    void aSourceThatHangsWhenItOpensIsLeftAloneWhenItsBundleStops() throws InterruptedException {
        VideoSource hanging = source("hostile", HostileSourceTest::best, hang, () -> {});
        sources.add(hanging);
        sources.add(new TestSource("camera", 100));
        TestSubscriber viewer = TestSubscriber.quick();
        audience.join(viewer);
        capture.start();
        await(() -> hang.stuck.get() > 0);
        sources.remove(hanging);
        capture.release(hanging);

        await(() -> "camera".equals(capture.loop().state().source()));
        awaitPictures(10);
        assertThat(viewer.ended).isNull();
        assertThat(audience.viewers()).hasSize(1);
    }

    @Test
    void aSourceThatHangsGivesWayToOneThatAccepts() throws InterruptedException {
        sources.add(source("hostile", HostileSourceTest::best, hang, () -> {}));
        sources.add(new TestSource("camera", 100));
        capture.start();
        await(() -> hang.stuck.get() > 0);
        capture.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(21));
        await(() -> "camera".equals(capture.loop().state().source()));
        hang.end();
        awaitPictures(1);
        while (!"hostile".equals(capture.loop().state().source())) {
            wishes.lookAgain();
            Thread.sleep(50); // time to look
        }
    }

    @Test
    void aSourceThatHangsWhenItReadsIsSaidAndItsLatePicturesAreLeftOut() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        VideoSource hanging = source("hostile", HostileSourceTest::best, () -> {}, () -> {
            if (reads.incrementAndGet() == 20) {
                hang.run();
            }
        });
        sources.add(hanging);
        capture.start();
        await(() -> hang.stuck.get() > 0);
        Packing old = capture.packing();
        long packed = old.framesPacked();
        capture.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(8));
        assertThat(capture.loop().state().name()).isEqualTo("stalled");
        assertThat(capture.loop().state().reason()).startsWith("the source hostile has not answered for ");
        capture.look(System.nanoTime() + TimeUnit.SECONDS.toNanos(31));

        await(() -> capture.packing().framesPacked() > packed + 50);
        assertThat(capture.packing()).isNotSameAs(old);
        hang.end();
        awaitPictures(50);
        assertThat(old.framesPacked()).isEqualTo(packed);
    }

    @Test
    void aCodecThatThrowsIsSaidAndGetsAnotherChance() throws InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        AtomicBoolean isBroken = new AtomicBoolean(true);
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
                            if (method.getName().equals("write") && writes.incrementAndGet() >= 10 && isBroken.get()) {
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
        isBroken.set(false);
        await(() -> capture.packing().trouble() == null);
        awaitPictures(10);
        assertThat(camera.opened).as("the camera is not to blame").hasValue(1);
    }
}
