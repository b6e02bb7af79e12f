package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the config file a few times a second, whether it is written in place, renamed over or behind a link that was
 * switched, and has new settings applied. Its {@link #run} is the thread {@code config}.
 */
final class ConfigWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long INTERVAL_MS = 300;

    /** Takes settings while running. */
    interface Target {
        /** @throws UsageException when they cannot be applied; the ones before stay */
        void apply(Settings settings) throws UsageException, IOException;
    }

    private final Path given;
    private final Target target;
    private byte[] applied;
    private byte[] lastSeen;

    ConfigWatch(Path given, Target target) {
        this.given = given;
        this.target = target;
        this.applied = content();
        this.lastSeen = applied;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL_MS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Applies a content that has not changed since the last look: an editor may be in the middle of writing it. */
    private void look() {
        byte[] now = content();
        boolean isSettled = Arrays.equals(now, lastSeen);
        lastSeen = now;
        if (!isSettled || Arrays.equals(now, applied)) {
            return;
        }
        applied = now;
        Path file = ConfigFile.of(given);
        if (now == null) {
            LOG.warn("{} is gone; the settings stay as they were", file);
            return;
        }
        try {
            target.apply(ConfigFile.read(given));
            LOG.info("{} was read again", file);
        } catch (UsageException e) {
            LOG.error("{}; the settings stay as they were", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("{} could not be applied ({}); mend it and save it again", file, e.toString());
        }
    }

    /** The file's few hundred bytes; null when it is not there or cannot be read. */
    private byte[] content() {
        try {
            return Files.readAllBytes(ConfigFile.of(given));
        } catch (IOException e) {
            return null;
        }
    }
}
