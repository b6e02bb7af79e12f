package io.github.berrymse.it;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's nginx as a process of its own, with the very configuration that docs/hls.md shows, in a folder of its own. */
final class CachingProxy implements Closeable {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path DOCUMENT = Path.of("..", "docs", "hls.md");

    private final Process process;
    private final Path folder;
    private final int port;

    private CachingProxy(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(NGINX);
    }

    /** Starts it in front of an application, and waits until it answers. */
    static CachingProxy start(Path folder, Application application) throws IOException, InterruptedException {
        int port = Application.freePort();
        Files.writeString(
                folder.resolve("nginx.conf"),
                """
                daemon off;
                user %s;
                pid nginx.pid;
                events {}
                http {
                    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
                    uwsgi_temp_path temp; scgi_temp_path temp;
                    log_format fetches '$upstream_cache_status $status $request_uri';
                    access_log requests.log fetches;
                    include hls.conf;
                }
                """
                        .formatted(System.getProperty("user.name")));
        Files.writeString(
                folder.resolve("hls.conf"),
                documented()
                        .replace("/var/cache/nginx/hls", "cache")
                        .replace("127.0.0.1:2020", "127.0.0.1:" + application.port())
                        .replace("listen 8080", "listen 127.0.0.1:" + port));
        Process process = new ProcessBuilder(
                        NGINX.toString(), "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        CachingProxy proxy = new CachingProxy(process, folder, port);
        proxy.awaitPort();
        return proxy;
    }

    /** The configuration of nginx in the document. */
    private static String documented() throws IOException {
        String[] pieces = Files.readString(DOCUMENT).split("```(nginx)?\n");
        return List.of(pieces).stream()
                .filter(piece -> piece.startsWith("proxy_cache_path"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitPort() throws IOException, InterruptedException {
        while (!isListening()) {
            if (!process.isAlive()) {
                throw new IOException("nginx did not start: " + Files.readString(folder.resolve("output")));
            }
            Thread.sleep(20);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** What was asked of it so far: a word for where the answer came from, the status, and the address. */
    List<String[]> requests() throws IOException {
        return Files.readAllLines(folder.resolve("requests.log")).stream()
                .map(line -> line.split(" "))
                .toList();
    }

    String errors() throws IOException {
        return Files.readString(folder.resolve("error.log"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
