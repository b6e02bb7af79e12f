package io.github.berrymse.v4l2;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the processes that have a file open, by the links in {@code /proc/PID/fd} (proc(5)). Thread-safe. */
final class Holder {

    private static final Path PROC = Path.of("/proc");

    private Holder() {}

    /**
     * Which other processes hold a device open, as {@code PID 812, motion}; empty when that cannot be seen: of other
     * users' processes only root can.
     */
    static String of(String device) {
        List<String> holders = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            Path file = Path.of(device).toRealPath();
            long self = ProcessHandle.current().pid();
            for (Path process : processes) {
                if (!process.endsWith(Long.toString(self)) && holds(process, file)) {
                    holders.add("PID " + process.getFileName() + ", " + name(process));
                }
            }
        } catch (IOException | DirectoryIteratorException ignored) {
            return "";
        }
        return String.join("; ", holders);
    }

    private static boolean holds(Path process, Path file) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path link : open) {
                if (leadsTo(link, file)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException ignored) {
            // it has ended, or is another user's
        }
        return false;
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException ignored) {
            return false; // closed by now
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException ignored) {
            return "which has ended";
        }
    }
}
