package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first start leaves its classes in a file, with which the next ones are faster, and nothing else. */
@Timeout(240)
class ClassArchiveTest {
    private static final String SOON = "-Dberrymse.archive.afterMs=500";
    private static final String FROM_ARCHIVE = "shared objects file (top)";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /** Made by a first start; tests only copy it. */
    private static Path archive;

    /** Of the program and the Java, in a folder that is not there before, with a space in its name. */
    @BeforeAll
    static void start() throws Exception {
        archive = shared.resolve("a folder").resolve("the classes.jsa");
        make(archive);
    }

    private static void make(Path path) throws Exception {
        try (Application application = Application.startWith(environment(path.toString(), SOON))) {
            application.awaitLog("classes are kept in " + path);
            awaitNoChild(application);
            assertThat(application.log()).doesNotContain("ERROR");
        }
    }

    private static Map<String, String> environment(String path, String javaOptions) {
        return Map.of("BERRYMSE_ARCHIVE", path, "JAVA_OPTS", javaOptions);
    }

    private static void awaitNoChild(Application application) throws InterruptedException {
        while (application.process().descendants().findAny().isPresent()) {
            Thread.sleep(20);
        }
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Starts the program with an archive. @return the lines of the JVM's log of loaded classes with a word */
    private List<String> loaded(Path path, String word) throws Exception {
        Path classes = Files.createTempFile(folder, "loaded", ".log");
        String log = "-Xlog:class+load:file=" + classes;
        try (Application application = Application.startWith(environment(path.toString(), log));
                Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(3);
            assertThat(application.log().toLowerCase(Locale.ROOT)).doesNotContain("archive", "cds", "error", "shared");
        }
        try (Stream<String> lines = Files.lines(classes)) {
            return lines.filter(line -> line.contains(word)).toList();
        }
    }

    private Path spoilt(byte[] content) throws IOException {
        return Files.write(folder.resolve("spoilt classes.jsa"), content);
    }

    @Test
    void leavesOneFile() throws Exception {
        assertThat(listing(archive.getParent())).containsExactly("the classes.jsa");
    }

    @Test
    void theNextStartTakesTheClassesOfTheBundlesFromIt() throws Exception {
        assertThat(loaded(archive, " io.github.berrymse.hub.")).anyMatch(line -> line.contains(FROM_ARCHIVE));
    }

    @Test
    void theNextStartLeavesItAsItIs() throws Exception {
        long modifiedMs = archive.toFile().lastModified();
        try (Application application = Application.startWith(environment(archive.toString(), SOON))) {
            Thread.sleep(1500);
            assertThat(application.process().descendants()).isEmpty();
        }
        assertThat(archive.toFile().lastModified()).isEqualTo(modifiedMs);
    }

    @Test
    void startsQuietlyWithAFileThatWasCutOff() throws Exception {
        byte[] whole = Files.readAllBytes(archive);
        assertThat(loaded(spoilt(Arrays.copyOf(whole, whole.length / 2)), FROM_ARCHIVE))
                .isEmpty();
        assertThat(loaded(spoilt(Arrays.copyOf(whole, whole.length - 5000)), FROM_ARCHIVE))
                .isEmpty();
    }

    @Test
    void startsQuietlyWithAnythingElse() throws Exception {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        assertThat(loaded(spoilt(noise), FROM_ARCHIVE)).isEmpty();
        assertThat(loaded(spoilt(new byte[0]), FROM_ARCHIVE)).isEmpty();
        assertThat(loaded(spoilt(new byte[1 << 20]), FROM_ARCHIVE)).isEmpty();
        assertThat(loaded(folder, FROM_ARCHIVE)).isEmpty();
    }

    /** Its mark is right, but the JVM does not know it. */
    @Test
    void startsQuietlyWithWhatAnotherJavaLeft() throws Exception {
        Path other = folder.resolve("other.jsa");
        Files.copy(archive, other);
        try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
            file.write(new byte[4096]);
        }
        assertThat(loaded(other, FROM_ARCHIVE)).isEmpty();
    }

    @Test
    void replacesASpoiltFile() throws Exception {
        Path spoilt = spoilt("no classes".getBytes(StandardCharsets.US_ASCII));
        make(spoilt);
        assertThat(loaded(spoilt, FROM_ARCHIVE)).isNotEmpty();
    }

    @Test
    void offMeansNone() throws Exception {
        Path cache = folder.resolve("cache");
        Map<String, String> environment =
                Map.of("BERRYMSE_ARCHIVE", "off", "XDG_CACHE_HOME", cache.toString(), "JAVA_OPTS", SOON);
        try (Application application = Application.startWith(environment)) {
            Thread.sleep(1500);
            assertThat(application.process().descendants()).isEmpty();
        }
        assertThat(cache).doesNotExist();
    }

    @Test
    void isInTheCacheOfTheServiceOrTheUser() throws Exception {
        for (String variable : List.of("CACHE_DIRECTORY", "XDG_CACHE_HOME", "HOME")) {
            Path cache = Files.createDirectories(folder.resolve("a " + variable));
            List<String> command = List.of(
                    "env",
                    "-u",
                    "BERRYMSE_ARCHIVE",
                    "-u",
                    "CACHE_DIRECTORY",
                    "-u",
                    "XDG_CACHE_HOME",
                    variable + "=" + cache,
                    "JAVA=/bin/echo",
                    Application.EXECUTABLE.toString());
            Process process = new ProcessBuilder(command).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String place =
                    switch (variable) {
                        case "CACHE_DIRECTORY" -> "";
                        case "XDG_CACHE_HOME" -> "/berrymse";
                        default -> "/.cache/berrymse";
                    };
            assertThat(said).containsPattern("-Dberrymse.archive=" + cache + place + "/classes-[0-9]+\\.jsa ");
        }
    }

    @Test
    void stopsWhileItIsBeingMadeAndLeavesNothing() throws Exception {
        Path path = folder.resolve("stopped").resolve("classes-1.jsa");
        List<ProcessHandle> children;
        try (Application application = Application.startWith(environment(path.toString(), SOON))) {
            while (application.process().descendants().findAny().isEmpty()
                    || !Files.exists(Path.of(path + ".rehearsal", "state", "felix"))) {
                Thread.sleep(5);
            }
            children = application.process().descendants().toList();
        }
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(listing(path.getParent())).isEmpty();
    }

    @Test
    void deletesOldOnesAndNothingElse() throws Exception {
        long longAgoMs = System.currentTimeMillis() - 31L * 24 * 3600 * 1000;
        Path path = folder.resolve("classes-1.jsa");
        for (String name : List.of("classes-2.jsa", "classes-mine.jsa", "other-3.jsa")) {
            assertThat(Files.createFile(folder.resolve(name)).toFile().setLastModified(longAgoMs))
                    .isTrue();
        }
        Files.createFile(folder.resolve("classes-4.jsa"));
        make(path);
        assertThat(listing(folder))
                .containsExactlyInAnyOrder("classes-1.jsa", "classes-4.jsa", "classes-mine.jsa", "other-3.jsa");
    }

    @Test
    void isNotTriedAgainAfterItFailed() throws Exception {
        Path path = folder.resolve("classes-1.jsa");
        String failing = SOON + " -XX:-UseSharedSpaces"; // of such a Java there is no archive to be had
        try (Application application = Application.startWith(environment(path.toString(), failing))) {
            application.awaitLog("no classes are kept for a faster start");
            awaitNoChild(application);
        }
        assertThat(listing(folder)).containsExactly("classes-1.jsa.failed");
        try (Application application = Application.startWith(environment(path.toString(), SOON))) {
            Thread.sleep(1500);
            assertThat(application.process().descendants()).isEmpty();
        }
    }

    private record Ended(int exitCode, String said) {}

    /** Runs {@code berrymse prepare}. */
    private static Ended prepare(Path path, String javaOptions) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(Application.EXECUTABLE.toString(), "prepare").redirectErrorStream(true);
        builder.environment().putAll(environment(path.toString(), javaOptions));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void isMadeAtOnceWhenAskedFor() throws Exception {
        Path path = folder.resolve("prepared.jsa");
        assertThat(prepare(path, "")).isEqualTo(new Ended(0, "classes are kept in " + path + "\n"));
        assertThat(listing(folder)).containsExactly("prepared.jsa");
        assertThat(loaded(path, FROM_ARCHIVE)).isNotEmpty();
        assertThat(prepare(path, ""))
                .isEqualTo(new Ended(0, "classes were kept before, in " + path + "; delete it to have it made anew\n"));
    }

    @Test
    void saysWhyItCannotBeMade() throws Exception {
        Path path = folder.resolve("prepared.jsa");
        Ended failed = prepare(path, "-XX:-UseSharedSpaces");
        assertThat(failed.exitCode).isEqualTo(1);
        assertThat(failed.said.lines()).hasSize(1).allMatch(line -> line.contains("the rehearsal ended with"));
        assertThat(prepare(path, "").exitCode).isZero();
        Ended off = prepare(Path.of("off"), "");
        assertThat(off.exitCode).isEqualTo(1);
        assertThat(off.said.lines()).hasSize(1).allMatch(line -> line.contains("BERRYMSE_ARCHIVE"));
    }

    @Test
    void stopsWhileItPreparesAndLeavesNothing() throws Exception {
        Path path = folder.resolve("stopped.jsa");
        ProcessBuilder builder = new ProcessBuilder(Application.EXECUTABLE.toString(), "prepare");
        builder.environment().putAll(environment(path.toString(), ""));
        Process process = builder.start();
        while (!Files.exists(Path.of(path + ".rehearsal", "state", "felix"))) {
            Thread.sleep(5);
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(listing(folder)).isEmpty();
    }
}
