package io.github.berrymse.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The executable once more, as a child that rehearses in a folder of its own, with the demo on a free port, and leaves the
 * classes that it needed. Confined to the archive thread.
 */
final class RehearsalProcess {
    /** System property of the child. */
    static final String IS_REHEARSAL = "berrymse.rehearsal";

    /** The demo, and what is no camera but needs the classes for one to find that out. */
    private static final String CONFIG = "camera: {source: file}\ncameras: {none: {sourceFD: /dev/null}}\n";

    private static final String ARCHIVE = "classes"; // from the child's folder on, whose path may have spaces
    private static final String[] GENTLY = {"nice", "-n", "19"};

    /** Exit codes after SIGINT and SIGTERM, which a terminal or service manager sends to parent and child. */
    private static final Set<Integer> TOLD_TO_STOP = Set.of(130, 143);

    private static final long LONGEST_MS = TimeUnit.MINUTES.toMillis(5);
    private static final long KILL_MS = 1_000;

    private RehearsalProcess() {}

    /**
     * Waits until it has ended; it does not outlive this call.
     *
     * @param folder empty
     * @return what the JVM has left
     */
    static Path run(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(ConfigFile.DEFAULT_NAME), CONFIG);
        Process process = start(folder, BuiltIn.self().toString(), "-l", "127.0.0.1:" + freePort(), "--state", "state");
        try {
            if (!process.waitFor(LONGEST_MS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the rehearsal does not end");
            }
        } finally {
            process.destroyForcibly().waitFor(KILL_MS, TimeUnit.MILLISECONDS);
        }
        if (TOLD_TO_STOP.contains(process.exitValue())) {
            throw new InterruptedException("the rehearsal was told to stop");
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    "the rehearsal ended with " + process.exitValue() + "; start berrymse by hand to see why");
        }
        return folder.resolve(ARCHIVE);
    }

    private static Process start(Path folder, String... command) throws IOException {
        List<String> gently = new ArrayList<>(List.of(GENTLY));
        gently.addAll(Arrays.asList(command));
        try {
            return start(folder, gently);
        } catch (IOException e) { // there is no nice
            return start(folder, List.of(command));
        }
    }

    private static Process start(Path folder, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.put("BERRYMSE_ARCHIVE", "off");
        environment.put("XDG_RUNTIME_DIR", folder.toString()); // for its control socket
        environment.remove(Settings.WATCHED);
        environment.put(
                "JAVA_OPTS",
                harmless(environment.getOrDefault("JAVA_OPTS", "")) + " -XX:ArchiveClassesAtExit=" + ARCHIVE + " -D"
                        + IS_REHEARSAL + "=true -Djna.tmpdir=. -Xlog:cds=off -Xlog:cds+dynamic=off");
        return builder.start();
    }

    /** Without what takes a port or a file that the program has, or another archive. */
    private static String harmless(String javaOptions) {
        return Arrays.stream(javaOptions.split("\\s+"))
                .filter(option -> !option.matches(
                        "-(agent|javaagent|Xrun|Xlog|Xdebug|Dcom\\.sun\\.management|XX:SharedArchiveFile).*"))
                .collect(Collectors.joining(" "));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
