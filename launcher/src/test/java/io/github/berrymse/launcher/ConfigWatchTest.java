package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ConfigWatchTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Object> widths = new LinkedBlockingQueue<>();
    private Path config;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        config = folder.resolve("config.yml");
        write("camera: {width: 100}");
        ConfigWatch watch = new ConfigWatch(folder, ConfigFile.now(folder), this::apply);
        write("camera: {width: 110}"); // before anybody looks
        thread = new Thread(watch, "config");
        thread.start();
        assertThat(widths.take()).isEqualTo(110);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void apply(Settings settings) throws UsageException {
        Map<Setting, Object> camera = settings.cameras().get("camera");
        Object width = camera.getOrDefault(Setting.WIDTH, "default");
        widths.add(width);
        switch (String.valueOf(width)) {
            case "666" -> throw new IllegalStateException("a bundle refuses it");
            case "668" -> throw new OutOfMemoryError("thrown by the test");
            case "670" -> throw new UsageException(1, "the port is in use");
            default -> {}
        }
    }

    private void write(String content) throws IOException {
        Files.writeString(config, content);
    }

    @ParameterizedTest
    @ValueSource(ints = {666, 668, 670})
    void triesAgainWhenWhatWasRefusedIsSavedAgain(int width) throws Exception {
        write("camera: {width: " + width + "}");
        assertThat(widths.take()).isEqualTo(width);
        Thread.sleep(800); // long enough that it would be read again; not needed to pass
        assertThat(widths).isEmpty();
        write("camera: {width: " + width + "}");
        assertThat(widths.take()).isEqualTo(width);
        write("camera: {width: 200}");
        assertThat(widths.take()).isEqualTo(200);
        write("camera: {width: 200}");
        Thread.sleep(800);
        assertThat(widths).as("the same content, applied already").isEmpty();
    }

    @Test
    void goesOnAfterAFileThatIsFarTooLarge() throws Exception {
        byte[] large = new byte[70_000_000];
        Arrays.fill(large, (byte) '#');
        Files.move(Files.write(folder.resolve("large.yml"), large), config, StandardCopyOption.REPLACE_EXISTING);
        Thread.sleep(800);
        write("camera: {width: 200}");
        assertThat(widths.take()).isEqualTo(200);
    }

    @Test
    void appliesWhatIsSavedAfterWhateverWentWrongBefore() throws Exception {
        write("camera: {width: 200}");
        assertThat(widths.take()).isEqualTo(200);
        write("camera: {width: 666}");
        assertThat(widths.take()).isEqualTo(666);
        int width = 300;
        for (String broken : new String[] {"camera: [", "camera: " + "[".repeat(20_000), "&a [[*a]]"}) {
            write(broken);
            Thread.sleep(800); // long enough that it is read; not needed to pass
            width += 2;
            write("camera: {width: " + width + "}");
            assertThat(widths.take()).isEqualTo(width);
        }
        assertThat(widthAfterAMomentOfAnEmptyFile()).isEqualTo(350);
        write("");
        assertThat(widths.take()).isEqualTo("default");
        Files.delete(config);
        Thread.sleep(800);
        write("camera: {width: 400}");
        assertThat(widths.take()).isEqualTo(400);
        assertThat(widths).isEmpty();
    }

    /** As when a slow card holds up who writes: an empty file is waited for longer, but not over two seconds. */
    private Object widthAfterAMomentOfAnEmptyFile() throws Exception {
        long startNs = System.nanoTime();
        write("");
        Thread.sleep(800);
        write("camera: {width: 350}");
        boolean wasHeldUp = System.nanoTime() - startNs >= TimeUnit.SECONDS.toNanos(2);
        Object width = widths.take();
        return wasHeldUp && width.equals("default") ? widths.take() : width;
    }

    @Test
    void noticesALinkThatIsSwitchedToAFileOfTheSameTimeAndLength() throws Exception {
        Path one = Files.writeString(folder.resolve("one.yml"), "camera: {width: 210}");
        Path other = Files.writeString(folder.resolve("other.yml"), "camera: {width: 220}");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(one));
        Path link = folder.resolve("link");
        Files.delete(config);
        Files.createSymbolicLink(config, one);
        assertThat(widths.take()).isEqualTo(210);
        Thread.sleep(4000); // long enough that it is not expected to change any more; not needed to pass
        Files.createSymbolicLink(link, other);
        Files.move(link, config, StandardCopyOption.ATOMIC_MOVE);
        assertThat(widths.take()).isEqualTo(220);
    }
}
