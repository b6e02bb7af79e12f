package io.github.berrymse.launcher;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the file of classes with which the next start is faster, when the shell at the head of the executable found none:
 * once, after the program has served for a while or at once when asked to, by {@link RehearsalProcess}. Its {@link #run} is
 * the thread {@code archive}, which ends with that. Thread-safe.
 */
final class ClassArchive implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    private static final long AFTER_MS = 30_000;
    private static final long STOP_MS = 2_000;
    private static final long NEEDED_KB = 256 << 10;
    private static final long NEEDED_IN_ALL_KB = 384 << 10;
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: *([0-9]+) kB");
    private static final String USED = "-XX:SharedArchiveFile=";

    private final ArchiveFile file;
    private final boolean isAsked;
    private final Thread thread = new Thread(this, "archive");
    private volatile String failure = "it did not come to an end";

    /** @param isAsked now, and even if it was tried in vain */
    private ClassArchive(ArchiveFile file, boolean isAsked) {
        this.file = file;
        this.isAsked = isAsked;
    }

    /** Does nothing where the shell did not say that there is one to be made. @return what stops it */
    static AutoCloseable open() {
        ClassArchive archive = start(false);
        return archive == null ? () -> {} : archive::stop;
    }

    /**
     * Makes it, and waits for it.
     *
     * @param preparation stops it when the program is told to stop
     * @return what is to be said then
     * @throws UsageException when there is none in the end
     */
    static String makeNow(Preparation preparation) throws UsageException, InterruptedException {
        ClassArchive archive = start(true);
        if (archive == null) {
            return kept();
        }
        preparation.closeFirst(archive::stop);
        archive.thread.join();
        if (archive.failure != null) {
            throw new UsageException(1, "no classes are kept for a faster start: " + archive.failure);
        }
        return "classes are kept in " + archive.file.path();
    }

    private static String kept() throws UsageException {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(USED))
                .map(argument -> "classes were kept before, in " + argument.substring(USED.length())
                        + "; delete it to have it made anew")
                .findFirst()
                .orElseThrow(
                        () -> new UsageException(
                                1,
                                "there is no place to keep classes in: name a file with BERRYMSE_ARCHIVE, and run the executable itself"));
    }

    private static ClassArchive start(boolean isAsked) {
        String path = System.getProperty("berrymse.archive");
        if (path == null) {
            return null;
        }
        String key = System.getProperty("berrymse.archive.key");
        ClassArchive archive = new ClassArchive(new ArchiveFile(Path.of(path).toAbsolutePath(), key), isAsked);
        archive.thread.setDaemon(true);
        archive.thread.start();
        return archive;
    }

    @Override
    public void run() {
        long startedMs = System.currentTimeMillis();
        try {
            Thread.sleep(isAsked ? 0 : Long.getLong("berrymse.archive.afterMs", AFTER_MS));
            String missing = missingMemory();
            if (missing == null) {
                makeAlone(startedMs);
            } else {
                failure = missing;
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            failure = "the program was told to stop";
        } catch (AccessDeniedException e) {
            failure = e.getMessage()
                    + " may not be written; run it as the owner of its folder, or name another file with BERRYMSE_ARCHIVE";
            tell("no classes are kept for a faster start: {}", failure);
        } catch (IOException | RuntimeException e) {
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
            tell("no classes are kept for a faster start: {}", failure);
        }
    }

    /** Whoever asked gets an answer instead. */
    private void tell(String words, Object what) {
        if (!isAsked) {
            LOG.info(words, what);
        }
    }

    /** For two programs: of what the machine has left, and of what the service or container may have in all. @return or null */
    private static String missingMemory() throws IOException {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        if (system.getTotalMemorySize() < NEEDED_IN_ALL_KB << 10) {
            return "that takes 384 MB of memory for the service, container or machine";
        }
        Matcher available = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
        boolean isEnough = available.find() && Long.parseLong(available.group(1)) >= NEEDED_KB;
        return isEnough ? null : "that takes 256 MB of memory that is available";
    }

    /** Of several programs that start together one is enough. */
    private void makeAlone(long startedMs) throws IOException, InterruptedException {
        file.makeFolder();
        Path lockFile = file.beside(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                failure = "another berrymse is making it; wait a minute";
                return;
            }
            try {
                if (!file.isNewerThan(startedMs) && (isAsked || !file.hasFailed())) {
                    make();
                }
                failure = null;
            } finally {
                Files.deleteIfExists(lockFile);
            }
        }
    }

    private void make() throws IOException, InterruptedException {
        try (StateFolder folder = file.openRehearsalFolder()) {
            file.take(RehearsalProcess.run(folder.path()));
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                file.noteFailure();
            }
            throw e;
        }
        tell("the next start will be faster: classes are kept in {}", file.path());
        try {
            file.deleteOld();
        } catch (IOException e) {
            LOG.debug("an old one stays", e);
        }
    }

    /** Ends what is under way, and the child too. */
    private void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_MS);
    }
}
