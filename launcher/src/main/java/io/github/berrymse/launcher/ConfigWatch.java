package io.github.berrymse.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the config file a few times a second, whether it is written in place, renamed over or behind a link that was
 * switched, and has new settings applied. Its {@link #run} is the thread {@code config}.
 */
final class ConfigWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long INTERVAL_MS = 500;

    /** A file that has not changed for so long is taken. */
    private static final long SETTLED_MS = 200;

    /** And an empty one after so many looks: who writes in place empties it first, and storage can be slow. */
    private static final int EMPTY_LOOKS = 10;

    /** For so many looks after a change the file is read at each. */
    private static final int CAREFUL_LOOKS = 6;

    /** And then at every so many. */
    private static final int LOOKS_A_READ = 20;

    /** Takes settings while running. */
    interface Target {
        /** @throws UsageException when they cannot be applied; the ones before stay */
        void apply(Settings settings) throws UsageException, IOException, InterruptedException;
    }

    private final Path given;
    private final Target target;
    private ConfigFile taken;
    private boolean isRefused;
    private ConfigFile lastSeen;
    private boolean isSettled;
    private int emptyLooks;
    private long lastStamp;
    private int looksSinceChange;

    /**
     * @param given as {@code -c} has it
     * @param applied the file as it was when its settings were applied
     */
    ConfigWatch(Path given, ConfigFile applied, Target target) {
        this.given = given;
        this.target = target;
        this.taken = applied;
        this.lastSeen = applied;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(isSettled ? INTERVAL_MS : SETTLED_MS);
                if (isToBeRead()) {
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException | Error e) { // whatever it is: the next file may be good
                LOG.error(
                        "{} could not be applied ({}); mend it and save it again", ConfigFile.of(given), e.toString());
            }
        }
    }

    /** Whether to look closely. Time and length tell nearly always, and cost little; not of a link that was switched, maybe. */
    private boolean isToBeRead() {
        File file = lastSeen.path().toFile();
        long stamp = 31 * file.lastModified() + file.length();
        looksSinceChange = stamp == lastStamp ? looksSinceChange + 1 : 0;
        lastStamp = stamp;
        return !isSettled || looksSinceChange < CAREFUL_LOOKS || looksSinceChange % LOOKS_A_READ == 0;
    }

    /** Takes a file that has not changed since the last look: an editor may be in the middle of writing it. */
    private void look() throws IOException, InterruptedException {
        ConfigFile now = ConfigFile.now(given);
        emptyLooks = now.isEmpty() ? emptyLooks + 1 : 0;
        isSettled = now.isUntouchedSince(lastSeen) && (emptyLooks == 0 || emptyLooks > EMPTY_LOOKS);
        lastSeen = now;
        boolean isKnown = isRefused ? now.isUntouchedSince(taken) : now.holdsTheSameAs(taken);
        if (isSettled && !isKnown) {
            taken = now;
            isRefused = true; // until it is applied
            take();
        }
    }

    private void take() throws IOException, InterruptedException {
        if (!taken.isThere()) {
            LOG.warn("{} is gone; the settings stay as they were", taken.path());
            return;
        }
        try {
            target.apply(taken.settings());
            isRefused = false;
            LOG.info("{} was read again", taken.path());
        } catch (UsageException e) {
            LOG.error("{}; the settings stay as they were", e.getMessage());
        }
    }
}
