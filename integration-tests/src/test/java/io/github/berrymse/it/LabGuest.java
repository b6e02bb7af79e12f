package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.CameraLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The camera lab's virtual machine, with the application in it and a viewer on the host. Confined to the test's thread. */
final class LabGuest {

    private LabGuest() {}

    /** What the viewer on the host was sent, and what the guest said. */
    record Seen(List<byte[]> messages, String said) {}

    /**
     * Runs a script of the test resources in a guest, with the executable as its first argument.
     *
     * @param name of the log
     * @param seconds that it may take, beside those of the machine's own start
     */
    static Seen watch(String name, List<String> options, String script, List<String> arguments, int seconds)
            throws Exception {
        int port = Application.freePort();
        List<String> command =
                new ArrayList<>(List.of(CameraLab.FOLDER.resolve("run").toString()));
        command.addAll(List.of("--timeout", "" + (480 + seconds)));
        command.addAll(List.of("--forward", port + ":2020", "--env", "JAVA_OPTS=-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("--env", "BERRYMSE_ARCHIVE=off"));
        command.addAll(options);
        command.addAll(List.of("--", "/usr/bin/python3"));
        command.add(Path.of("src/test/resources", script).toAbsolutePath().toString());
        command.add(Application.EXECUTABLE.toString());
        command.addAll(arguments);
        Path logs = Files.createDirectories(Path.of("target", "logs"));
        Path said = logs.resolve("camera-lab-" + name + ".log");
        Process guest = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (Viewer viewer = connect(guest, URI.create("ws://127.0.0.1:" + port + "/video_websocket"))) {
            int exitCode = guest.waitFor();
            String words = Files.readString(said);
            assertThat(exitCode).as(words).isZero();
            viewer.awaitClose();
            return new Seen(viewer.await(0), words);
        } finally {
            guest.destroy();
        }
    }

    private static Viewer connect(Process guest, URI address) throws Exception {
        while (guest.isAlive()) {
            try {
                return Viewer.connect(address);
            } catch (UncheckedIOException e) {
                Thread.sleep(200);
            }
        }
        throw new IOException("the guest has ended");
    }
}
