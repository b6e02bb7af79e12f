package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConfigWatchTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Object> widths = new LinkedBlockingQueue<>();
    private Path config;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        config = folder.resolve("config.yml");
        write("camera: {width: 100}");
        thread = new Thread(new ConfigWatch(folder, this::apply), "config");
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void apply(Settings settings) {
        Map<Setting, Object> camera = settings.cameras().get("camera");
        widths.add(camera.getOrDefault(Setting.WIDTH, "default"));
        if (Integer.valueOf(666).equals(camera.get(Setting.WIDTH))) {
            throw new IllegalStateException("a bundle refuses it");
        }
    }

    private void write(String content) throws IOException {
        Files.writeString(config, content);
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
        write("");
        assertThat(widths.take()).isEqualTo("default");
        Files.delete(config);
        Thread.sleep(800);
        write("camera: {width: 400}");
        assertThat(widths.take()).isEqualTo(400);
        assertThat(widths).isEmpty();
    }
}
