package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary state folders of programs that were killed. Each program holds a lock in its own as long as it lives; what
 * nobody holds is deleted by the next. Confined to the main thread.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String LOCK = "lock";
    private static final String OWNER_AND_MODE = "unix:uid,mode";

    private Leftovers() {}

    /**
     * Takes the lock of a folder, and deletes those beside it that are left over.
     *
     * @param own a temporary state folder
     * @return what gives up the lock
     */
    static AutoCloseable delete(Path own) {
        try {
            Path unlocked = own.resolve(LOCK + "ing");
            FileChannel lock = FileChannel.open(unlocked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock.tryLock();
            Files.move(unlocked, own.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE); // held when others see it
            deleteBeside(own);
            return lock;
        } catch (IOException e) {
            LOG.debug("what is left over stays: {}", e.toString());
            return () -> {};
        }
    }

    private static void deleteBeside(Path own) throws IOException {
        Map<String, Object> attributes = attributes(own);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(own.getParent(), StateFolder.TEMPORARY + "*")) {
            for (Path folder : folders) {
                if (!folder.equals(own) && attributes(folder).equals(attributes)) {
                    deleteUnlessHeld(folder);
                }
            }
        }
    }

    /** Owner, type and permissions. Where another user can put something it is not looked into. */
    private static Map<String, Object> attributes(Path folder) {
        try {
            return Files.readAttributes(folder, OWNER_AND_MODE, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return Map.of(); // it has just gone
        }
    }

    private static void deleteUnlessHeld(Path folder) {
        try (FileChannel lock =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (lock.tryLock() != null) {
                new StateFolder(folder, true).close();
                LOG.info("{} is deleted: a program that was killed had left it", folder);
            }
        } catch (IOException e) {
            LOG.debug("{} stays: {}", folder, e.toString());
        }
    }
}
