package io.github.berrymse.source.uvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The camera lab's guest as its programs see it: orders to the camera, its log, and what is open of it. Thread-safe. */
final class LabMachine {

    static final Path LOG = Path.of("/run/camera-lab/uvc.log");

    /** Of what is looked at ten times a second. */
    private static final int TRIES = 600;

    private LabMachine() {}

    static List<String> log() throws IOException {
        return Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
    }

    /** Waits for a word in what is new in the log. */
    static void awaitLog(int linesBefore, String word) throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            List<String> lines = log();
            if (lines.subList(linesBefore, lines.size()).stream().anyMatch(line -> line.contains(word))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the camera's log never has " + word);
    }

    static String node(int index) throws IOException {
        return new Webcams(Path.of("/sys"), Path.of("/dev"))
                .all()
                .get(0)
                .nodes()
                .get(index)
                .toString();
    }

    /** The camera's link in by-id, as soon as there is one. */
    static String link() throws IOException, InterruptedException {
        Path folder = Path.of("/dev/v4l/by-id");
        for (int tries = 0; tries < TRIES; tries++) {
            if (Files.exists(folder)) {
                try (DirectoryStream<Path> links = Files.newDirectoryStream(folder, "*index0")) {
                    for (Path link : links) {
                        return link.toString();
                    }
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("there is no link in " + folder);
    }

    static int openFiles() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                count += Files.isSymbolicLink(file)
                                && Files.readSymbolicLink(file).startsWith("/dev")
                        ? 1
                        : 0;
            }
        }
        return count;
    }

    static long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("/dev/video"))
                .count();
    }

    static void camera(String... words) throws IOException, InterruptedException {
        ProcessBuilder order = new ProcessBuilder("camera");
        order.command().addAll(List.of(words));
        Process process = order.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            System.out.println("camera " + String.join(" ", words) + " failed: " + said);
        }
    }
}
