package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExecutableTest {
    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Ended run(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Ended(exitCode, Files.readString(out), Files.readString(err));
    }

    private Ended berrymse(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Application.EXECUTABLE.toString()));
        command.addAll(List.of(flags));
        return run(command.toArray(String[]::new));
    }

    @Test
    void printsItsFlags() throws Exception {
        Ended help = berrymse("--help");
        assertThat(help.exitCode).isZero();
        assertThat(help.out)
                .contains("-c=", "-b, --Camera.Bitrate", "-h, --Camera.Height", "-r, --Camera.Rotation")
                .contains("-d, --Camera.SourceFD", "-w, --Camera.Width", "-l, --Server.URL", "-s, --Server.WebSocket");
        assertThat(help.err).isEmpty();
    }

    @Test
    void runsAsAJarToo() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Ended version = run(java.toString(), "-jar", Application.EXECUTABLE.toString(), "--version");
        assertThat(version.out).startsWith("berrymse 1.");
        assertThat(version.exitCode).isZero();
    }

    @Test
    void answersAnUnknownFlagWithOneSentence() throws Exception {
        Ended ended = berrymse("--colour");
        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.err.lines()).hasSize(1).allMatch(line -> line.contains("--colour"));
    }

    @Test
    void answersABadNumberWithOneSentence() throws Exception {
        Ended ended = berrymse("-w", "wide");
        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.err.lines()).containsExactly("berrymse: -w: 'wide' is not a whole number");
    }

    @Test
    void saysWhatToDoWhenThePortIsInUse() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            Ended ended = berrymse("-l", "127.0.0.1:" + socket.getLocalPort());
            assertThat(ended.exitCode).isEqualTo(1);
            assertThat(ended.err).contains("the port is in use").contains("-l");
        }
    }

    @Test
    void startsInAnyFolderWithAHomeItMayNotWriteAndCleansUp() throws Exception {
        Path home = Path.of("/proc"); // which root may not write either
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        int port = Application.freePort();
        ProcessBuilder builder = new ProcessBuilder(Application.EXECUTABLE.toString(), "-l", "127.0.0.1:" + port)
                .directory(Path.of("/").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        Process process = builder.start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).contains("http://127.0.0.1:" + port + "/");
        assertThat(listing(temporary)).anyMatch(name -> name.startsWith("berrymse-"));
        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(listing(temporary)).isEmpty();
        assertThat(Files.readString(folder.resolve("err"))).doesNotContain("ERROR");
    }

    @Test
    void tellsItsViewersThatItStops() throws Exception {
        int code;
        try (Application application = Application.start()) {
            Viewer viewer = Viewer.connect(application.webSocket());
            viewer.await(3);
            application.process().destroy();
            code = viewer.awaitClose();
        }
        assertThat(code).isEqualTo(1001);
    }

    /** As every browser keeps one. */
    @Test
    void stopsCleanlyWithConnectionsThatAreIdle() throws Exception {
        Application application = Application.start();
        try (Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(3);
            assertThat(application.get("/").statusCode()).isEqualTo(200);
            application.close();
            assertThat(viewer.awaitClose()).isEqualTo(1001);
        }
        assertThat(application.log()).doesNotContain("ERROR");
    }

    @Test
    void refusesAnOldJavaInOneSentence() throws Exception {
        Path jre = Files.createDirectories(folder.resolve("jre"));
        Path java = Files.createDirectory(jre.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 7\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jre.resolve("release"), "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"11.0.9\"\n");
        ProcessBuilder builder =
                new ProcessBuilder(Application.EXECUTABLE.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jre.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).contains("is Java 11, and 17 or later is needed").hasLineCount(1);
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** What stands in the file "release" of a Java, and what only that Java is told. */
    @Test
    void tellsEachJavaWhatItUnderstands() throws Exception {
        assertThat(options("17.0.1"))
                .contains("ArchiveRelocationMode", "SAXParserFactory", "COMPAT")
                .doesNotContain("sun-misc");
        assertThat(options("21")).contains("ArchiveRelocationMode").doesNotContain("sun-misc", "COMPAT");
        assertThat(options("25.0.3")).contains("ArchiveRelocationMode", "sun-misc-unsafe-memory-access=allow");
        assertThat(options("26")).doesNotContain("ArchiveRelocationMode", "SAXParserFactory", "sun-misc");
        assertThat(options(null)).contains("COMPAT").doesNotContain("ArchiveRelocationMode", "sun-misc");
    }

    private String options(String version) throws Exception {
        Path jre = folder.resolve("java " + version);
        Path java = Files.createDirectories(jre.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        if (version != null) {
            Files.writeString(jre.resolve("release"), "IMPLEMENTOR=\"us\"\nJAVA_VERSION=\"" + version + "\"");
        }
        ProcessBuilder builder = new ProcessBuilder(Application.EXECUTABLE.toString());
        builder.environment().put("JAVA_HOME", jre.toString());
        builder.environment().remove("JAVA");
        builder.redirectErrorStream(true);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void deletesWhatAProgramThatWasKilledHasLeft() throws Exception {
        Map<String, String> environment = Map.of("JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
        Path withoutLock = state("berrymse-a", "rwx------", false);
        Path openToAll = state("berrymse-b", "rwxrwxrwx", true);
        Path linked = state("linked", "rwx------", true);
        Path link = Files.createSymbolicLink(folder.resolve("berrymse-c"), linked);
        try (Application running = Application.startWith(environment)) {
            Path used = awaitLocked(openToAll, link, linked);
            try (Application killed = Application.startWith(environment)) {
                Path left = awaitLocked(openToAll, link, linked, used);
                killed.kill();
                try (Application next = Application.startWith(environment)) {
                    next.awaitLog(left + " is deleted");
                    assertThat(left).doesNotExist();
                }
            }
            assertThat(used.resolve("felix")).isDirectoryContaining("glob:**");
            assertThat(running.get("/api/status").statusCode()).isEqualTo(200);
        }
        assertThat(listing(folder)) // and of the control sockets, by the user's number
                .filteredOn(name -> !name.matches("berrymse-[0-9]{1,9}"))
                .containsExactlyInAnyOrder("berrymse-a", "berrymse-b", "berrymse-c", "linked");
        assertThat(withoutLock.resolve("file")).exists();
        assertThat(openToAll.resolve("file")).exists();
        assertThat(linked.resolve("file")).exists();
    }

    /** A folder like a temporary state folder. */
    private Path state(String name, String permissions, boolean hasLock) throws IOException {
        Path state = Files.createDirectory(folder.resolve(name));
        Files.createFile(state.resolve("file"));
        if (hasLock) {
            Files.createFile(state.resolve("lock"));
        }
        return Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(permissions));
    }

    /** Waits for another state folder than these whose program holds it. */
    private Path awaitLocked(Path... known) throws IOException, InterruptedException {
        while (true) {
            try (Stream<Path> folders = Files.list(folder)) {
                Optional<Path> found = folders.filter(f -> !List.of(known).contains(f))
                        .filter(f -> Files.exists(f.resolve("lock")))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
            Thread.sleep(10);
        }
    }

    /** In kB, as proc(5) has it. */
    private static long memory(Application application, String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(application.pid()), "status")).stream()
                .filter(l -> l.startsWith(line + ":"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void givesBackTheMemoryOfTheStartWhileItStreams() throws Exception {
        try (Application application = Application.startWith(Map.of("JAVA_OPTS", "-Dberrymse.pages.afterMs=8000"));
                Viewer viewer = Viewer.connect(application.webSocket())) {
            long mostKb = 0;
            for (long kb = 0; kb >= mostKb - 4_000; kb = memory(application, "RssFile")) {
                mostKb = Math.max(mostKb, kb);
                Thread.sleep(5);
            }
            viewer.await(viewer.count() + 60);
            assertThat(application.get("/api/status").statusCode()).isEqualTo(200);
            assertThat(viewer.isClosed()).isFalse();
        }
    }
}
