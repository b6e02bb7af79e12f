package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the running framework keeps its files: a folder of the user's, or a temporary one that goes with the program. In a
 * temporary one the program holds the lock of a file as long as it lives, by which {@link Leftovers} are told. Immutable.
 *
 * @param path exists and is writable
 * @param lock the open file that is locked, or null
 */
record StateFolder(Path path, boolean isTemporary, FileChannel lock) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    /** How the name of a temporary one begins. */
    static final String TEMPORARY = "berrymse-";

    private static final String LOCK = "lock";

    /** @param given null for a temporary folder */
    static StateFolder open(Path given) throws UsageException {
        try {
            if (given != null) {
                return new StateFolder(Files.createDirectories(given), false, null);
            }
            Path path = Files.createTempDirectory(TEMPORARY).toAbsolutePath();
            return new StateFolder(path, true, hold(path));
        } catch (IOException e) {
            throw new UsageException(1, "no state folder (" + e + "); name a writable one with --state");
        }
    }

    /** Locks the file before others see it by its name. @return null where files cannot be locked */
    private static FileChannel hold(Path folder) {
        Path unlocked = folder.resolve(LOCK + "ing");
        try {
            FileChannel lock = lock(unlocked, StandardOpenOption.CREATE);
            if (lock != null) {
                Files.move(unlocked, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            }
            return lock;
        } catch (IOException e) {
            LOG.debug("{} is not locked: {}", folder, e.toString());
            return null;
        }
    }

    /** Takes over a temporary folder whose program has ended. @return null when it lives, or never locked it */
    static StateFolder takeOver(Path folder) {
        try {
            FileChannel lock = lock(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
            return lock == null ? null : new StateFolder(folder, true, lock);
        } catch (IOException e) {
            LOG.debug("{} is left alone: {}", folder, e.toString());
            return null;
        }
    }

    /** Opens a file and locks it. @return null when another program holds it */
    private static FileChannel lock(Path file, OpenOption how) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, how);
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null;
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        return isLocked ? channel : null;
    }

    /** Deletes it if it is temporary: its lock last, so that the next start finds what this one cannot delete. */
    @Override
    public void close() {
        if (!isTemporary) {
            return;
        }
        try {
            Files.walkFileTree(path, new Deletion());
            if (lock != null) {
                lock.close();
            }
            Files.deleteIfExists(path.resolve(LOCK));
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("{} stays: {}", path, e.toString());
        }
    }

    /** Deletes all but the folder itself and its lock; what another has deleted meanwhile does not matter. */
    private final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.equals(path.resolve(LOCK))) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (!folder.equals(path)) {
                Files.deleteIfExists(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
