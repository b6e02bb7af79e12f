package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the running framework keeps its files: a folder of the user's, or a temporary one that goes with the program.
 *
 * @param path exists and is writable
 */
record StateFolder(Path path, boolean isTemporary) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    /** How the name of a temporary one begins. */
    static final String TEMPORARY = "berrymse-";

    /** @param given null for a temporary folder */
    static StateFolder open(Path given) throws UsageException {
        try {
            return given == null
                    ? new StateFolder(Files.createTempDirectory(TEMPORARY), true)
                    : new StateFolder(Files.createDirectories(given), false);
        } catch (IOException e) {
            throw new UsageException(1, "no state folder (" + e + "); name a writable one with --state");
        }
    }

    /** Deletes it if it is temporary. */
    @Override
    public void close() {
        if (!isTemporary) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.debug("{} stays: {}", path, e.toString());
        }
    }
}
