package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of other makers that throw, block, are slow or leak: whoever watches by WebSocket misses nothing. */
@Timeout(120)
class HostileBundlesTest {
    private static final Path CLASSES = Path.of("target", "test-classes", "io", "github", "berrymse", "it", "hostile");
    private static final String TRANSPORT =
            """
            <reference name="stream" interface="io.github.berrymse.api.LiveStream" cardinality="0..n" policy="dynamic"
              bind="addStream" unbind="removeStream"/>""";
    private static final String SOURCE =
            """
            <service><provide interface="io.github.berrymse.api.VideoSource"/></service>""";

    @TempDir
    Path folder;

    private Path jars;
    private Application application;
    private Viewer viewer;

    @BeforeEach
    void start() throws Exception {
        jars = Files.createDirectory(folder.resolve("bundles"));
        application = Application.start(folder, "-c", ".");
        viewer = Viewer.connect(application.webSocket());
        viewer.await(10);
    }

    @AfterEach
    void stop() throws IOException {
        viewer.close();
        application.close();
    }

    /** A bundle with the classes of {@code hostile}, of which one is a component. */
    private void drop(String type, String rest, String mode) throws IOException {
        drop(type, rest, mode, "hostile", Map.of());
    }

    private void drop(String type, String rest, String mode, String name, Map<String, String> more) throws IOException {
        Manifest manifest = new Manifest();
        more.forEach((header, value) -> manifest.getMainAttributes().put(new Attributes.Name(header), value));
        Map<String, String> headers = Map.of(
                "Manifest-Version", "1.0",
                "Bundle-ManifestVersion", "2",
                "Bundle-SymbolicName", "com.example." + name,
                "Bundle-Version", "1.0.0." + mode,
                "Import-Package", "io.github.berrymse.api;version=\"[1.0,2)\",org.osgi.framework",
                "Service-Component", "OSGI-INF/hostile.xml");
        headers.forEach((header, value) -> manifest.getMainAttributes().put(new Attributes.Name(header), value));
        String component =
                """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="hostile" immediate="true"
                  activate="start"><implementation class="io.github.berrymse.it.hostile.%s"/>
                <property name="mode" value="%s"/>%s</scr:component>"""
                        .formatted(type, mode, rest);
        Path part = jars.resolve(".part");
        try (OutputStream file = Files.newOutputStream(part);
                JarOutputStream out = new JarOutputStream(file, manifest);
                DirectoryStream<Path> classes = Files.newDirectoryStream(CLASSES)) {
            out.putNextEntry(new JarEntry("OSGI-INF/hostile.xml"));
            out.write(component.getBytes(StandardCharsets.UTF_8));
            for (Path each : classes) {
                out.putNextEntry(new JarEntry("io/github/berrymse/it/hostile/" + each.getFileName()));
                Files.copy(each, out);
            }
        }
        Files.move(
                part, jars.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Nobody left, nothing was left out, and the picture goes on. */
    private void checkViewer() throws Exception {
        viewer.await(viewer.count() + 15);
        List<byte[]> messages = viewer.await(viewer.count());
        assertThat(FragmentBytes.checkContiguous(messages)).as("inits").isEqualTo(1);
        assertThat(new DemoSamples().checkReferences(messages)).as("jumps").isZero();
    }

    @Test
    void aTransportThatBlocksIsSaidAndDetachedUntilItIsReplaced() throws Exception {
        drop("HostileTransport", TRANSPORT, "block");
        application.awaitLog("com.example.hostile has kept a call waiting for over a second");
        checkViewer();
        application.awaitLog(
                "com.example.hostile is detached until it is replaced: a call of it has not returned for 10 s");
        checkViewer();
        drop("HostileTransport", TRANSPORT, "well");
        application.awaitLog("hostile 1.0.0.well runs in place of 1.0.0.block");
        application.awaitViewers(2);
        checkViewer();
    }

    @Test
    void aTransportThatThrowsIsSaidAndDetached() throws Exception {
        drop("HostileTransport", TRANSPORT, "throw");
        application.awaitLog("com.example.hostile is detached until it is replaced: it failed again and again");
        checkViewer();
        assertThat(application.log().lines().filter(line -> line.contains("sending to it failed")))
                .hasSize(10);
    }

    @Test
    void whatASlowAndLeakingTransportLeavesBehindGoesWithItsBundle() throws Exception {
        drop("HostileTransport", TRANSPORT, "slow");
        application.awaitLog("hostile joined");
        viewer.await(viewer.count() + 30);
        checkViewer();
        drop("HostileTransport", TRANSPORT, "leak");
        application.awaitLog("com.example.hostile stopped without closing its subscriptions");
        checkViewer();
        Files.delete(jars.resolve("hostile.jar"));
        application.awaitLog("hostile 1.0.0.leak is removed");
        application.awaitViewers(1);
        checkViewer();
    }

    @Test
    void aSourceThatDoesNotAnswerIsLeftOut() throws Exception {
        drop("HostileSource", SOURCE, "suits");
        application.awaitLog("source hostile does not say whether it fits");
        checkViewer();
        assertThat(application.camera().get("source").getAsString()).isEqualTo("file");
        drop("HostileSource", SOURCE, "watch");
        application.awaitLog("the source failed with java.lang.NoClassDefFoundError");
        application.awaitLog("hostile.jar is not used: the camera camera had no picture");
        Files.delete(jars.resolve("hostile.jar"));
        application.awaitLog("hostile 1.0.0.suits is removed");
        checkAfterGap();
    }

    /** It took the camera, as it promised more than all others, and gave no picture. */
    private void checkAfterGap() throws Exception {
        application.awaitState("playing");
        viewer.await(viewer.count() + 15);
        assertThat(viewer.isClosed()).isFalse();
        FragmentBytes.checkContiguous(viewer.await(viewer.count()));
    }

    @Test
    void aSourceThatHangsWhenItOpensGivesTheCameraBackWithItsBundle() throws Exception {
        drop("HostileSource", SOURCE, "open");
        application.awaitLog("is not used: the camera camera had no picture");
        application.awaitLog("its thread is left alone, and the camera is opened on another");
        checkAfterGap();
    }

    @Test
    void aBundleWhoseStartNeverReturnsIsGivenUp() throws Exception {
        Map<String, String> activator = Map.of("Bundle-Activator", "io.github.berrymse.it.hostile.HostileActivator");
        drop("HostileTransport", TRANSPORT, "well", "stuck", activator);
        application.awaitLog("stuck.jar is not used: with it not everything starts: its start does not return");
        checkViewer();
        drop("HostileTransport", TRANSPORT, "well");
        application.awaitLog("hostile 1.0.0.well is added");
        assertThat(Control.of(application).bundles()).contains("com.example.stuck", "starting");
        checkViewer();
    }

    @Test
    void aBundleWhoseStartNeverReturnsHoldsUpTheProgramForAWhileOnly() throws Exception {
        stop();
        Map<String, String> activator = Map.of("Bundle-Activator", "io.github.berrymse.it.hostile.HostileActivator");
        drop("HostileTransport", TRANSPORT, "well", "stuck", activator);
        application = Application.start(folder, "-c", ".");
        application.awaitLog("does not start and is not used");
        viewer = Viewer.connect(application.webSocket());
        viewer.await(10);
        checkViewer();
    }

    @Test
    void aSourceThatIsThereAtTheStartIsAskedBeforeAnotherPlays() throws Exception {
        stop();
        drop("HostileSource", SOURCE, "well");
        application = Application.start(folder, "-c", ".");
        application.awaitLog("the source failed with java.lang.NoClassDefFoundError");
        assertThat(application.log()).doesNotContain("source file plays");
    }
}
