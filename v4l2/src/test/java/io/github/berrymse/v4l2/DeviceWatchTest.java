package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watches a folder that stands for {@code /dev}, in which files stand for devices. */
@Timeout(60)
class DeviceWatchTest {

    @TempDir
    Path dev;

    private final Semaphore calls = new Semaphore(0);

    private final Deque<AutoCloseable> listening = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        while (!listening.isEmpty()) {
            listening.pop().close();
        }
    }

    @Test
    void deviceThatComesOrGoesIsToldAndOtherFilesAreNot() throws Exception {
        listen(new DeviceWatch(dev));
        Files.createFile(dev.resolve("ttyUSB0"));
        Files.createFile(dev.resolve("video0"));
        awaitCall();
        Files.delete(dev.resolve("ttyUSB0"));
        Files.delete(dev.resolve("video0"));
        awaitCall();
        assertThat(calls.tryAcquire()).as("told of other files").isFalse();
    }

    @Test
    void linkIsToldInFoldersThatComeLaterAndComeAgain() throws Exception {
        listen(new DeviceWatch(dev));
        Path links = dev.resolve("v4l/by-id");
        for (int i = 0; i < 2; i++) {
            Files.createDirectories(links);
            awaitCall();
            awaitQuiet();
            Files.createFile(links.resolve("usb-Camera_1234-video-index0"));
            awaitCall();
            Files.delete(links.resolve("usb-Camera_1234-video-index0"));
            awaitCall();
            Files.delete(links);
            Files.delete(links.getParent());
            awaitCall();
            awaitQuiet();
        }
    }

    @Test
    void oneThreadServesAllAndNoneIsLeftWhenNobodyListens() throws Exception {
        DeviceWatch watch = new DeviceWatch(dev);
        listen(watch);
        listen(watch);
        Files.createFile(dev.resolve("video1"));
        awaitCall();
        awaitCall();
        awaitThreads(1);
        listening.pop().close();
        Files.delete(dev.resolve("video1"));
        awaitCall();
        assertThat(calls.tryAcquire()).as("told one who listens no more").isFalse();
        listening.pop().close();
        awaitThreads(0);
    }

    @Test
    void folderThatIsNotThereIsNoFault() {
        listen(new DeviceWatch(dev.resolve("none")));
        assertThat(calls.tryAcquire()).isFalse();
    }

    private void listen(DeviceWatch watch) {
        listening.push(watch.add(calls::release));
    }

    /** One that ends may be seen for a moment yet. */
    private static void awaitThreads(int count) throws InterruptedException {
        while (Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("device watch"))
                        .count()
                != count) {
            Thread.sleep(10);
        }
    }

    private void awaitCall() throws InterruptedException {
        assertThat(calls.tryAcquire(30, TimeUnit.SECONDS)).as("told in time").isTrue();
    }

    /** Until no more calls come: several changes may make one or several. */
    private void awaitQuiet() throws InterruptedException {
        while (calls.tryAcquire(300, TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }
}
