package io.github.berrymse.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The executable, running as its own process on a loopback port, its log in {@code target/logs}. */
final class Application implements Closeable {
    static final Path EXECUTABLE =
            Path.of("..", "launcher", "target", "berrymse").toAbsolutePath().normalize();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final BufferedReader output;
    private final int port;
    private final Path log;

    private Application(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it with the flags, on a free port unless {@code -l} is among them, and waits until it says its address. */
    static Application start(String... flags) throws IOException {
        return start(Path.of("target"), flags);
    }

    /** Starts it in a working directory. */
    static Application start(Path directory, String... flags) throws IOException {
        int port = freePort();
        List<String> all = new ArrayList<>(List.of(flags));
        int given = all.indexOf("-l");
        if (given < 0) {
            all.addAll(List.of("-l", "127.0.0.1:" + port));
        } else {
            port = Integer.parseInt(all.get(given + 1).replaceFirst(".*:", ""));
        }
        return start(directory, port, all);
    }

    /** Starts it with a config file that has the address. */
    static Application startOn(int port, Path config) throws IOException {
        return start(Path.of("target"), port, List.of("-c", config.toString()));
    }

    private static Application start(Path directory, int port, List<String> flags) throws IOException {
        return start(Map.of(), directory, port, flags);
    }

    /** Starts it with more environment variables, on a free port. */
    static Application startWith(Map<String, String> environment, String... flags) throws IOException {
        int port = freePort();
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("-l", "127.0.0.1:" + port));
        return start(environment, Path.of("target"), port, all);
    }

    private static Application start(Map<String, String> environment, Path directory, int port, List<String> flags)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString()));
        command.addAll(flags);
        Path logs = Files.createDirectories(Path.of("target", "logs"));
        Path log = Files.createTempFile(logs, "berrymse-", ".log").toAbsolutePath();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(log.toFile());
        builder.environment().putAll(environment);
        Application application = new Application(builder.start(), port, log);
        application.awaitAddress();
        return application;
    }

    /** Waits until it says its address, or the next one. */
    void awaitAddress() throws IOException {
        for (String line; (line = output.readLine()) != null; ) {
            if (line.contains(" is at http://")) {
                return;
            }
        }
        throw new IOException("berrymse does not say its address: " + log());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** Its threads, but for the web server's pool, which grows and shrinks as it likes. */
    long threads() throws IOException {
        try (Stream<Path> tasks = Files.list(proc("task"))) {
            return tasks.filter(task -> !name(task).startsWith("qtp")).count();
        }
    }

    /** A thread's name; none when it has just ended. */
    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException e) {
            return "";
        }
    }

    long descriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(proc("fd"))) {
            return descriptors.count();
        }
    }

    /** What the kernel says of it. */
    Path proc(String name) {
        return Path.of("/proc", String.valueOf(pid()), name);
    }

    /** Its standard input. */
    OutputStream input() {
        return process.getOutputStream();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    URI webSocket() {
        return URI.create("ws://127.0.0.1:" + port + "/video_websocket");
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits for words in its log; the test's own time limit ends it. */
    void awaitLog(String words) throws IOException, InterruptedException {
        awaitLog(words, 1);
    }

    /** The same for words that are said several times. */
    void awaitLog(String words, int lines) throws IOException, InterruptedException {
        while (log().lines().filter(line -> line.contains(words)).count() < lines) {
            Thread.sleep(20);
        }
    }

    /** Waits until the first camera has so many viewers; the test's own time limit ends it. */
    void awaitViewers(int count) throws IOException, InterruptedException {
        while (camera().getAsJsonArray("viewers").size() != count) {
            Thread.sleep(20);
        }
    }

    /** Waits until the first camera has given so many access units; the test's own time limit ends it. */
    void awaitFrames(int count) throws IOException, InterruptedException {
        while (camera().get("framesIn").getAsInt() < count) {
            Thread.sleep(20);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url(path))).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first camera of {@code /api/status}. */
    JsonObject camera() throws IOException, InterruptedException {
        return JsonParser.parseString(get("/api/status").body())
                .getAsJsonObject()
                .getAsJsonArray("cameras")
                .get(0)
                .getAsJsonObject();
    }

    /** Waits until the first camera is in a state; the test's own time limit ends it. */
    JsonObject awaitState(String state) throws IOException, InterruptedException {
        while (get("/api/status").statusCode() != 200) { // its bundle may be on its way
            Thread.sleep(20);
        }
        while (true) {
            JsonObject camera = camera();
            if (camera.get("state").getAsString().equals(state)) {
                return camera;
            }
            Thread.sleep(20);
        }
    }

    /** Kills it by SIGKILL, as a machine that runs out of memory does, and waits. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Has the kernel hold it by SIGSTOP, or let it go on: to others it is as if the network had gone. */
    void freeze(boolean isFrozen) throws IOException, InterruptedException {
        String signal = isFrozen ? "-STOP" : "-CONT";
        new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
    }

    /** Stops it as a service manager would: SIGTERM, and waits. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("berrymse did not stop on SIGTERM: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
