package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Where the classes are kept. What is there is whole, and the shell at the head of the executable sees by its last line
 * whether it is, and for which program and Java: a JVM that is given half a file crashes. Immutable.
 *
 * @param path absolute
 * @param key of the program and the Java, as the shell has it
 */
record ArchiveFile(Path path, String key) {
    private static final String OURS = "classes-[0-9]+\\.jsa";
    private static final long OLD_MS = TimeUnit.DAYS.toMillis(30);

    /** So many that the shell, which looks at the last 20 bytes, finds nothing else before the mark. */
    private static final String SPACE = "\n".repeat(20);

    /** A file or folder that goes with it. */
    Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    void makeFolder() throws IOException {
        if (!Files.isDirectory(path.getParent())) { // by a link too, which createDirectories refuses
            Files.createDirectories(path.getParent());
        }
    }

    /** Whether another program has made it in the meantime. */
    boolean isNewerThan(long timeMs) throws IOException {
        return Files.exists(path) && Files.getLastModifiedTime(path).toMillis() >= timeMs;
    }

    /** Whether it was tried in vain for this program and Java. */
    boolean hasFailed() throws IOException {
        Path failed = beside(".failed");
        return Files.exists(failed) && Files.readString(failed).equals(key);
    }

    void noteFailure() throws IOException {
        Files.writeString(beside(".failed"), key);
    }

    /** A folder beside it, empty also when a program that was killed has left it. */
    StateFolder openRehearsalFolder() throws IOException {
        StateFolder folder = new StateFolder(beside(".rehearsal"), true, null);
        if (Files.exists(folder.path())) {
            folder.close();
        }
        Files.createDirectory(folder.path());
        return folder;
    }

    /** Takes what the JVM wrote, if it wrote something: first all of it is on the disk, then it gets its name. */
    void take(Path part) throws IOException {
        if (Files.size(part) == 0 || !part.toFile().setWritable(true, true)) {
            throw new IOException(part + " is empty or not ours");
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((SPACE + "berrymse " + key + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(beside(".failed"));
    }

    /** Deletes those of other versions, when nobody made them lately. */
    void deleteOld() throws IOException {
        long oldMs = System.currentTimeMillis() - OLD_MS;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path.getParent())) {
            for (Path file : files) {
                boolean isOurs = file.getFileName().toString().matches(OURS) && Files.isRegularFile(file);
                if (isOurs
                        && !file.equals(path)
                        && Files.getLastModifiedTime(file).toMillis() < oldMs) {
                    Files.delete(file);
                }
            }
        }
    }
}
