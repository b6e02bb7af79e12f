package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Suitability;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;

/** Settings that take the picture away, and settings that do not. All at the same time: they mostly wait. */
@Timeout(60)
class RollBackTest extends TestLoop {
    private final TestSource camera = new TestSource("camera", 100);

    /** For so long that its settings are proved. */
    private void play() throws InterruptedException {
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 1500);
    }

    private void awaitPlaying(CameraSettings asked) throws InterruptedException {
        await(() -> wishes.settings().equals(asked) && loop.state().name().equals("playing"));
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void rollsBackSettingsWithWhichNoPictureComes() throws InterruptedException {
        camera.silentWidth = 640;
        play();
        TestSubscriber viewer = TestSubscriber.quick();
        audience.join(viewer);
        wishes.change(ofWidth(640));
        await(() -> camera.opened.get() == 2);
        long framesIn = packing.framesIn();

        await(() -> wishes.settings().equals(SETTINGS) && packing.framesIn() > framesIn + 10);
        assertThat(viewer.ended).isNull();
        assertThat(loop.state().reason()).endsWith("as there was no picture with width 640 pixels");
        wishes.change(SETTINGS);
        assertThat(loop.state().reason()).doesNotContain("no picture");
    }

    @Test
    @Execution(CONCURRENT)
    void rollsBackAChangeThatComesRightAfterTheFirstPicture() throws InterruptedException {
        camera.silentWidth = 640;
        sources.add(camera);
        thread.start();
        await(() -> packing.framesIn() > 0);
        wishes.change(ofWidth(640));

        awaitPlaying(SETTINGS);
    }

    @Test
    @Execution(CONCURRENT)
    void rollsBackAChangeThatComesWhileTheCameraOpens() throws InterruptedException {
        camera.silentWidth = 640;
        camera.whenOpened = () -> {
            if (camera.opened.get() == 1) {
                wishes.change(ofWidth(640));
            }
        };
        camera.whenAsked = () -> sleep(camera.opened.get() == 0 ? 0 : 1000); // time for a picture of the old ones
        sources.add(camera);
        thread.start();
        await(() -> camera.opened.get() == 2);

        awaitPlaying(SETTINGS);
    }

    @Test
    @Execution(CONCURRENT)
    void rollsBackAChangeThatASlowSourceHoldsUp() throws InterruptedException {
        camera.silentWidth = 640;
        TestSource slow = new TestSource("slow", Suitability.NOT_MINE);
        sources.add(slow);
        play();
        slow.whenAsked = () -> sleep(1500); // as long as that the old settings play on
        wishes.change(ofWidth(640));
        await(() -> camera.opened.get() == 2);

        awaitPlaying(SETTINGS);
    }

    @Test
    @Execution(CONCURRENT)
    void keepsSettingsWithWhichTheCameraTakesLongToOpen() throws InterruptedException {
        camera.silentWidth = 640;
        CountDownLatch isOpen = new CountDownLatch(1);
        camera.whenOpened = () -> {
            if (camera.opened.get() == 2) {
                sleep(6000);
                isOpen.countDown();
            }
        };
        play();
        wishes.change(ofWidth(640));
        isOpen.await();
        sleep(300);
        camera.silentWidth = 0;

        await(() -> loop.state().name().equals("playing"));
        assertThat(wishes.settings()).isEqualTo(ofWidth(640));
    }

    @Test
    @Execution(CONCURRENT)
    void rollsBackAChangeThatComesBeforeTheSettingsThatWorkedShowAPictureAgain() throws InterruptedException {
        camera.refusedWidth = 640;
        camera.whenOpened = () -> camera.silentWidth = camera.opened.get() == 2 ? SETTINGS.width() : 0;
        play();
        wishes.change(ofWidth(640));
        await(() -> camera.opened.get() == 2);
        wishes.change(ofWidth(640));
        assertThat(wishes.settings()).isEqualTo(ofWidth(640));

        awaitPlaying(SETTINGS);
    }

    @Test
    @Execution(CONCURRENT)
    void keepsSettingsOfACameraThatWasAbsentAnyway() throws InterruptedException {
        play();
        camera.failure = "unplugged";
        await(() -> loop.state().name().equals("waiting"));
        Thread.sleep(2500); // longer ago than a picture may be that a change can take away
        wishes.change(ofWidth(640));
        Thread.sleep(6000);
        camera.failure = null;

        await(() -> loop.state().name().equals("playing"));
        assertThat(wishes.settings()).isEqualTo(ofWidth(640));
    }

    @Test
    @Execution(CONCURRENT)
    void keepsSettingsOfACameraThatMayBeSilent() throws InterruptedException {
        camera.mayBeSilent = true;
        camera.silentWidth = 640;
        play();
        wishes.change(ofWidth(640));
        Thread.sleep(6000);

        assertThat(wishes.settings()).isEqualTo(ofWidth(640));
    }

    @Test
    @Execution(CONCURRENT)
    void takesADeviceThatWasAskedForInVainWhenDevicesAreOthers() throws InterruptedException {
        camera.refusedWidth = 640;
        play();
        CameraSettings other = new CameraSettings(
                "test", "auto", "/dev/video9", 640, 720, -1, -1, 0, 0, "", Map.of(), "", "annexb", Map.of());
        wishes.change(other);
        awaitPlaying(SETTINGS);
        camera.refusedWidth = 0;
        wishes.sourcesChanged();

        awaitPlaying(other);
    }

    @Test
    @Execution(CONCURRENT)
    void rollsBackSettingsWithWhichTheCameraDoesNotOpen() throws InterruptedException {
        camera.refusedWidth = 640;
        play();
        wishes.change(ofWidth(640));

        awaitPlaying(SETTINGS);
    }

    @Test
    @Execution(CONCURRENT)
    void keepsSettingsThatWorkWhenTheCameraFailsLater() throws InterruptedException {
        sources.add(camera);
        thread.start();
        wishes.change(ofWidth(640));
        await(() -> packing.framesIn() > 1500);
        camera.failure = "unplugged";
        await(() -> loop.state().name().equals("waiting"));
        camera.failure = null;

        await(() -> loop.state().name().equals("playing"));
        assertThat(wishes.settings()).isEqualTo(ofWidth(640));
    }
}
