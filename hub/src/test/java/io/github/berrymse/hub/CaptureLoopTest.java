package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Suitability;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CaptureLoopTest extends TestLoop {
    @Test
    void choosesTheSourceThatFitsBest() throws InterruptedException {
        sources.add(new TestSource("plain", 100));
        sources.add(new TestSource("best", 200));
        sources.add(new TestSource("other", Suitability.NOT_MINE));
        thread.start();

        await(() -> loop.state().name().equals("playing"));
        assertThat(loop.state().source()).isEqualTo("best");
    }

    @Test
    void saysWhyNoSourceFits() throws InterruptedException {
        sources.add(new TestSource("other", Suitability.NOT_MINE));
        thread.start();

        await(() -> loop.state().name().equals("waiting"));
        assertThat(loop.state().reason()).contains("other: because");
    }

    @Test
    void keepsViewersAndOpensAnewWhenTheCameraFails() throws InterruptedException {
        TestSource source = new TestSource("failing", 100);
        sources.add(source);
        thread.start();
        await(() -> packing.framesIn() > 5);
        TestSubscriber viewer = TestSubscriber.quick();
        audience.join(viewer);
        source.failure = "/dev/video0 was unplugged";
        await(() -> loop.state().name().equals("waiting"));

        assertThat(loop.state().reason()).isEqualTo("/dev/video0 was unplugged");
        assertThat(audience.viewers()).hasSize(1);
        source.failure = null;
        await(() -> source.opened.get() == 2 && loop.state().name().equals("playing"));
        assertThat(viewer.ended).isNull();
        assertThat(source.closed.get()).isEqualTo(1);
    }

    @Test
    void survivesASourceThatBreaksItsPromises() throws InterruptedException {
        TestSource source = new TestSource("hostile", 100);
        source.runtimeFailure = new NoClassDefFoundError("com/example/Gone");
        sources.add(source);
        thread.start();

        await(() -> loop.state().name().equals("waiting"));
        assertThat(loop.state().reason()).contains("NoClassDefFoundError");
    }

    @Test
    void leavesTheStandInWhenABetterSourceAccepts() throws InterruptedException {
        TestSource camera = new TestSource("camera", Suitability.NOT_MINE);
        sources.add(new TestSource("demo", Suitability.STAND_IN));
        sources.add(camera);
        thread.start();
        await(() -> "demo".equals(loop.state().source()));
        camera.rank = 100;

        await(() -> "camera".equals(loop.state().source()));
    }

    @Test
    void triesAgainAtOnceWhenASourceSaysThatItsCamerasAreOthers() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        camera.failure = "not there";
        sources.add(camera);
        thread.start();
        for (int attempts = 1; attempts < 50; attempts++) { // by itself it would take minutes
            int soFar = attempts;
            await(() -> camera.attempts.get() >= soFar);
            wishes.lookAgain();
        }
        camera.failure = null;
        wishes.lookAgain();

        await(() -> loop.state().name().equals("playing"));
    }

    @Test
    void closesASourceBeforeItsBundleGoesAndTakesTheNextBest() throws InterruptedException {
        TestSource first = new TestSource("first", 200);
        sources.add(first);
        sources.add(new TestSource("second", 100));
        thread.start();
        await(() -> "first".equals(loop.state().source()));
        sources.remove(first);

        assertThat(loop.release(first, 5000)).isTrue();
        assertThat(first.closed).hasValue(first.opened.get());
        await(() -> "second".equals(loop.state().source()));
    }

    @Test
    void makesANewPackagerWhenTheCodecIsReplaced() throws InterruptedException {
        sources.add(new TestSource("camera", 100));
        thread.start();
        await(() -> packing.framesIn() > 0);
        CountingCodec newer = new CountingCodec();
        packing.use(newer);

        await(() -> newer.packagers.get() == 1);
    }

    @Test
    void opensACameraAnewForANewCodecWhenItCannotBeAskedForAKeyFrame() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        camera.canMakeKeyFrames = false;
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 0);
        assertThat(camera.opened).hasValue(1);
        packing.use(new CountingCodec());

        await(() -> camera.opened.get() == 2 && loop.state().name().equals("playing"));
    }

    @Test
    void nobodyStartsWithThePicturesOfACodecThatIsGone() throws InterruptedException {
        CountingCodec codec = new CountingCodec();
        packing.use(codec);
        sources.add(new TestSource("camera", 100));
        thread.start();
        await(() -> packing.framesPacked() > 0);
        packing.forget(codec);
        await(() -> packing.framesIn() > packing.framesPacked() + 10);
        TestSubscriber late = TestSubscriber.quick();
        audience.join(late);

        assertThat(late.received).isEmpty();
    }

    @Test
    void handsAViewersWishForAKeyFrameToTheCamera() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 0);
        for (int wish = 0; wish < 2; wish++) { // the first may coincide with that of a new packager
            int before = camera.keyFrameRequests.get();
            audience.wantKeyFrame();
            await(() -> camera.keyFrameRequests.get() > before);
        }
    }

    @Test
    void appliesLiveWhatTheCameraCanApplyAndOpensAnewForTheRest() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        camera.canApply = true;
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 0);
        wishes.change(ofWidth(640));
        await(() -> camera.applied.get() == 1);
        assertThat(camera.opened).hasValue(1);
        camera.canApply = false;
        wishes.change(ofWidth(320));

        await(() -> camera.opened.get() == 2);
        assertThat(camera.closed).hasValue(1);
    }

    private static CameraSettings turned(int degrees) {
        return new CameraSettings(
                "test", "auto", "", 1280, 720, -1, degrees, 0, 0, "", Map.of(), "", "annexb", Map.of());
    }

    @Test
    void leavesToPlayersWhatTheCameraDoesNotTurn() throws InterruptedException {
        CountingCodec codec = new CountingCodec();
        packing.use(codec);
        TestSource camera = new TestSource("camera", 100);
        camera.canApply = true;
        sources.add(camera);
        wishes.change(turned(90));
        thread.start();
        await(() -> packing.framesIn() > 0);
        assertThat(codec.rotationDegrees).isEqualTo(90);
        camera.rotationDegrees = 180;
        wishes.change(turned(0));
        await(() -> codec.rotationDegrees == 180);
        wishes.change(turned(90));
        await(() -> codec.rotationDegrees == 270);
        assertThat(camera.opened).as("not opened anew").hasValue(1);
        CountingCodec newer = new CountingCodec();
        packing.use(newer);
        await(() -> newer.rotationDegrees == 270);
        wishes.change(turned(-1));

        await(() -> newer.rotationDegrees == 0);
    }

    @Test
    void isNotPlayingWhileNothingCanBePacked() throws InterruptedException {
        packing.use(new CountingCodec() {
            @Override
            void pack(Consumer<Fragment> out, int number) {} // as one that waits for a key frame
        });
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 100);
        assertThat(loop.state().name()).isIn("starting", "stalled");
        await(() -> loop.state().name().equals("stalled"));

        assertThat(loop.state().reason()).contains("gives no key frame");
    }

    @Test
    void staysAliveAfterAnError() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        camera.runtimeFailure = new OutOfMemoryError("for a test");
        thread.start();
        await(() -> loop.state().name().equals("waiting"));
        camera.runtimeFailure = null;

        await(() -> loop.state().name().equals("playing"));
    }

    @Test
    void nobodyStartsWithThePicturesOfACameraThatIsGone() throws InterruptedException {
        TestSource camera = new TestSource("camera", 100);
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 0);
        camera.failure = "unplugged";
        await(() -> loop.state().name().equals("waiting"));
        TestSubscriber late = TestSubscriber.quick();
        audience.join(late);

        assertThat(late.received).isEmpty();
    }
}
