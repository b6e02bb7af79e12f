package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A run of the program that nobody sees: it does once what a browser does, so that the classes for it are loaded, and ends.
 * The JVM then writes them down for {@link ClassArchive}. Confined to the main thread.
 */
final class Rehearsal {
    private static final int PATIENCE_MS = 10_000;
    private static final int WATCH_MS = 2_000;

    /** An end of a WebSocket (RFC 6455 5.5.1), masked with zeros. */
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

    private Rehearsal() {}

    /** Whether this run is one. */
    static boolean isOne() {
        return Boolean.getBoolean(RehearsalProcess.IS_REHEARSAL);
    }

    /** @throws IOException when the program does not answer as it should; then nothing is to be kept of this run */
    static void play(Settings settings) throws IOException {
        ListenAddress address = settings.address();
        get(address, "/");
        get(address, "/api/status");
        watch(address, "/" + settings.server().getOrDefault(Setting.WEB_SOCKET, Setting.WEB_SOCKET.defaultText));
    }

    private static void get(ListenAddress address, String path) throws IOException {
        try (Socket socket = ask(address, path, "Connection: close\r\n", " 200")) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void watch(ListenAddress address, String path) throws IOException {
        String upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: cmVoZWFyc2luZyBub3chIQ==\r\n";
        try (Socket socket = ask(address, path, upgrade, " 101")) {
            read(socket, WATCH_MS);
            socket.getOutputStream().write(CLOSE);
            read(socket, WATCH_MS);
        }
    }

    private static Socket ask(ListenAddress address, String path, String headers, String status) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\n" + headers + "\r\n";
        return Page.ask(address, request, status, PATIENCE_MS);
    }

    /** Reads whatever comes, for a while or to its end. */
    private static void read(Socket socket, long timeoutMs) throws IOException {
        long endMs = System.currentTimeMillis() + timeoutMs;
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        socket.setSoTimeout((int) timeoutMs);
        try {
            while (System.currentTimeMillis() < endMs && in.read(some) >= 0) {}
        } catch (SocketTimeoutException e) {
            return; // nothing comes
        }
    }
}
