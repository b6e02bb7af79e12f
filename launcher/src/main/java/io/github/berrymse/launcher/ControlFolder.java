package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the running programs of a user are to be reached by the same user: one Unix domain socket each, named by its
 * process, in a folder that nobody else can enter. Under {@code XDG_RUNTIME_DIR} where that is set, else where temporary
 * files are. Thread-safe.
 */
final class ControlFolder {
    /** What the name of a socket begins with at which nobody listens yet. */
    static final String NOT_YET = ".";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private ControlFolder() {}

    /** Makes the folder if it is not there. @throws IOException with a sentence, when it cannot be trusted */
    static Path open() throws IOException {
        Path folder = candidates().get(0);
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            check(folder);
        }
        return folder;
    }

    /** The sockets of all programs of this user, those that ended without cleaning up included. */
    static List<Path> sockets() throws IOException {
        List<Path> sockets = new ArrayList<>();
        for (Path folder : candidates()) {
            if (Files.isDirectory(folder)) {
                check(folder);
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> !file.getFileName().toString().startsWith(NOT_YET))
                            .sorted()
                            .forEach(sockets::add);
                }
            }
        }
        return sockets;
    }

    private static List<Path> candidates() throws IOException {
        String name = "berrymse-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        List<Path> candidates = new ArrayList<>();
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && Files.isWritable(Path.of(runtime))) {
            candidates.add(Path.of(runtime, name));
        }
        candidates.add(Path.of(System.getProperty("java.io.tmpdir"), name));
        return candidates;
    }

    private static void check(Path folder) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        boolean isOurs = owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(folder).equals(OWNER_ONLY);
        if (!isOurs) {
            throw new IOException(folder + " is not a folder of yours that only you can enter; remove it");
        }
    }
}
