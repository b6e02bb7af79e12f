package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code berrymse bundles}, {@code swap} and {@code rollback}, and what is in the folder when the program starts. */
@Timeout(120)
class SwapVerbsTest {
    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Ended berrymse(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Application.EXECUTABLE.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    private Ended berrymse(Application application, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("-l", "127.0.0.1:" + application.port()));
        return berrymse(all.toArray(String[]::new));
    }

    @Test
    void aBundleIsSwappedByHandAndRolledBack() throws Exception {
        Path jar = BundleJars.version("source-file", "1.0.1", folder.resolve("mine.jar"));
        try (Application application = Application.start();
                Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(10);
            Ended swapped = berrymse(application, "swap", "mine.jar");
            assertThat(swapped.out).isEqualTo("source-file 1.0.1 runs in place of 1.0.0.SNAPSHOT\n");
            assertThat(swapped.exitCode).isZero();
            assertThat(berrymse(application, "swap", jar.toString()).out).isEqualTo("just that runs already\n");
            assertThat(berrymse(application, "bundles").out.lines())
                    .anyMatch(line -> line.matches("source-file +1\\.0\\.1 +active +mine\\.jar +VideoSource"))
                    .anyMatch(line -> line.matches("hub +1\\.0\\.0\\.SNAPSHOT +active +built-in +.*LiveStream.*"));

            Ended back = berrymse(application, "rollback", "source-file");
            assertThat(back.out).isEqualTo("source-file 1.0.0.SNAPSHOT runs in place of 1.0.1\n");
            Ended again = berrymse(application, "rollback", "source-file");
            assertThat(again.err)
                    .isEqualTo("berrymse: source-file was neither replaced nor added; see berrymse bundles\n");
            assertThat(again.exitCode).isEqualTo(1);
            viewer.await(viewer.count() + 15);
            assertThat(FragmentBytes.checkContiguous(viewer.await(viewer.count())))
                    .isEqualTo(1);
        }
    }

    @Test
    void aSwapThatTakesThePictureAwayIsUndoneAndSaysSo() throws Exception {
        BundleJars.edited(
                "source-file",
                Map.of("Bundle-Version", "1.0.1"),
                content -> content.replace("class=\"io.github", "class=\"com.example"),
                folder.resolve("blind.jar"));
        try (Application application = Application.start();
                Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(10);
            Ended swapped = berrymse(application, "swap", "blind.jar");
            assertThat(swapped.exitCode).isEqualTo(1);
            assertThat(swapped.err)
                    .isEqualTo("berrymse: the camera camera had no picture from the source file within 10 s\n");
            assertThat(application.log()).contains("WARN blind.jar is not used");
            viewer.await(viewer.count() + 15);
            assertThat(FragmentBytes.checkContiguous(viewer.await(viewer.count())))
                    .isEqualTo(1);
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(berrymse("bundles", "--state", "none").err)
                .contains("berrymse")
                .hasLineCount(1);
        assertThat(berrymse("swap").exitCode).isEqualTo(2);
        assertThat(berrymse("swap", "nowhere.jar").err)
                .isEqualTo("berrymse: nowhere.jar is not a file that can be read; give the jar of a bundle\n");
        Files.writeString(folder.resolve("text.jar"), "text");
        try (Application one =
                        Application.start("--state", folder.resolve("one").toString());
                Application two = Application.start()) {
            assertThat(berrymse("swap", "text.jar").err).contains("several are running", "127.0.0.1:" + two.port());
            Ended chosen = berrymse("swap", "text.jar", "--state", "one");
            assertThat(chosen.err).isEqualTo("berrymse: it is not a whole jar (zip END header not found)\n");
            assertThat(berrymse(one, "rollback", "no-such-bundle").err).contains("was neither replaced nor added");
        }
    }

    @Test
    void aFlagsValueIsNotTakenForAVerb() throws Exception {
        Files.write(folder.resolve("swap"), BundleJars.file("source-file", "io/github/berrymse/source/file/demo.h264"));
        try (Application application = Application.start(folder, "-d", "swap")) {
            assertThat(application.awaitState("playing").get("reason").getAsString())
                    .startsWith("swap");
        }
    }

    @Test
    void whatIsInTheFolderAtStartIsUsedFromTheStart() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        BundleJars.version("source-file", "1.0.1", jars.resolve("source.jar"));
        BundleJars.edited(
                "webui",
                Map.of("Bundle-Activator", "com.example.Missing"),
                UnaryOperator.identity(),
                jars.resolve("a.jar"));
        Files.writeString(jars.resolve("text.jar"), "text");
        BundleJars.version("api", "1.0.1", jars.resolve("b.jar"));
        try (Application application = Application.start(folder);
                Viewer viewer = Viewer.connect(application.webSocket())) {
            viewer.await(30);
            assertThat(berrymse(application, "bundles").out.lines())
                    .anyMatch(line -> line.matches("source-file +1\\.0\\.1 +active +.*source\\.jar +VideoSource"))
                    .anyMatch(line -> line.matches("api +1\\.0\\.1 +active +.*b\\.jar"))
                    .anyMatch(line -> line.matches("webui +1\\.0\\.0\\.SNAPSHOT +active +built-in +Servlet"));
            assertThat(application.log())
                    .contains("text.jar is not used: it is not a whole jar", "a.jar) does not start and is not used")
                    .containsOnlyOnce("source file plays");
            Files.delete(jars.resolve("source.jar"));
            while (!application
                    .log()
                    .contains("source.jar is gone: source-file 1.0.0.SNAPSHOT runs in place of 1.0.1")) {
                Thread.sleep(10);
            }
            assertThat(FragmentBytes.checkContiguous(viewer.await(viewer.count() + 15)))
                    .isEqualTo(1);
        }
    }

    @Test
    void aJarThatGoesRightAfterTheStartIsNoticed() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        BundleJars.version("source-file", "1.0.1", jars.resolve("source.jar"));
        try (Application application = Application.start(folder)) {
            assertThat(Control.of(application).bundles()).contains("source.jar");
            Files.move(jars, folder.resolve("off"));
            application.awaitLog("source.jar is gone: source-file 1.0.0.SNAPSHOT runs in place of 1.0.1");
        }
    }

    @Test
    void aJarThatTookThePictureAwayIsNotUsedAtTheNextStart() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        Path blind = BundleJars.edited(
                "source-file",
                Map.of("Bundle-Version", "1.0.1"),
                content -> content.replace("class=\"io.github", "class=\"com.example"),
                folder.resolve("blind.jar"));
        try (Application application = Application.start(folder)) {
            application.awaitState("playing");
            Files.copy(blind, jars.resolve("blind.jar"));
            application.awaitLog("blind.jar is not used: the camera camera had no picture");
        }
        assertThat(jars.resolve("blind.jar.refused")).content().endsWith(" from the source file within 10 s\n");
        try (Application application = Application.start(folder)) {
            application.awaitState("playing");
            assertThat(application.log())
                    .contains("blind.jar is not used: when it was last tried, the camera camera had no picture");
            BundleJars.version("source-file", "1.0.2", jars.resolve("blind.jar"));
            application.awaitLog("source-file 1.0.2 runs in place of 1.0.0.SNAPSHOT");
        }
        assertThat(jars.resolve("blind.jar.refused")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeLookedAtIsSaid() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine, yours"));
        Files.createDirectory(mine.resolve("bundles"));
        try (Application application = Application.start(mine)) {
            application.awaitLog("bundles is not looked at, as its name has a comma");
        }
    }

    @Test
    void jarsWithWhichThePageDoesNotComeAreTakenBackAtStart() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        BundleJars.edited(
                "webui",
                Map.of("Service-Component", "", "Bundle-Version", "1.0.1"),
                UnaryOperator.identity(),
                jars.resolve("blank.jar"));
        try (Application application = Application.start(folder)) {
            assertThat(application.get("/").body()).contains("<title>");
            assertThat(application.log()).contains("blank.jar) came, and there is no page at", "and is not used");
        }
    }

    @Test
    void jarsThatKeepBuiltInBundlesFromStartingAreTakenBackAtStart() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        BundleJars.edited(
                "api",
                Map.of("Export-Package", "io.github.berrymse.api;version=\"9.0.0\"", "Bundle-Version", "9.0.0"),
                UnaryOperator.identity(),
                jars.resolve("api.jar"));
        try (Application application = Application.start(folder)) {
            application.awaitState("playing");
            assertThat(application.log()).contains("api.jar) keeps built-in bundles from starting and is not used");
        }
    }

    @Test
    void aClientThatStallsHoldsUpNobody() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        try (Application application = Application.start(folder);
                SocketChannel stalled = Control.of(application).open()) {
            stalled.write(ByteBuffer.wrap("swap half.jar\nPK".getBytes(StandardCharsets.UTF_8)));
            BundleJars.version("source-file", "1.0.1", jars.resolve("source.jar"));
            application.awaitLog("source-file 1.0.1 runs in place of 1.0.0.SNAPSHOT");
        }
    }

    @Test
    void rollingBackGoesOnToWhatStillStarts() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("bundles"));
        Path needed = BundleJars.edited(
                "webui",
                Map.of("Bundle-SymbolicName", "com.example.needed"),
                content -> content.replace(">/*<", ">/needed/*<"),
                jars.resolve("needed.jar"));
        try (Application application = Application.start(folder)) {
            Control control = Control.of(application);
            control.swap(BundleJars.edited(
                    "webui",
                    Map.of("Require-Bundle", "com.example.needed", "Bundle-Version", "1.0.1"),
                    UnaryOperator.identity(),
                    folder.resolve("needing.jar")));
            control.swap(BundleJars.version("webui", "1.0.2", folder.resolve("webui.jar")));
            Files.delete(needed);
            application.awaitLog("com.example.needed 1.0.0.SNAPSHOT is removed");
            assertThat(control.rollBack("webui")).isEqualTo("webui 1.0.0.SNAPSHOT runs in place of 1.0.2");
            assertThat(application.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aProgramThatHangsIsLeftAlone() throws Exception {
        Path hanging = Control.of(ProcessHandle.current().pid());
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Application application = Application.start()) {
            server.bind(UnixDomainSocketAddress.of(hanging)); // and never accepts
            assertThat(berrymse(application, "bundles").out).contains("LiveStream");
        } finally {
            Files.deleteIfExists(hanging);
        }
    }
}
