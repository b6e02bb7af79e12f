package io.github.berrymse.it;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A web server of another origin, with one page that plays an application's camera as README.md says. Thread-safe. */
final class Elsewhere implements Closeable {
    private final HttpServer server;

    Elsewhere(Application application) throws IOException {
        this(application, "");
    }

    /** @param script runs before the player's own is loaded */
    Elsewhere(Application application, String script) throws IOException {
        byte[] page =
                """
                <!DOCTYPE html>
                <title>Another origin</title>
                <link rel="icon" href="data:,">
                <script>%s</script>
                <video id="camera" width="640"></video>
                <button id="skip">Auto skip</button> <button id="reset">Reset</button>
                <script src="%s"></script>
                <script>BerryMSE.initialize(document.getElementById("camera"), "%s",
                  document.getElementById("skip"), document.getElementById("reset"));</script>
                """
                        .formatted(script, application.url("/berrymse.js"), application.webSocket())
                        .getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
