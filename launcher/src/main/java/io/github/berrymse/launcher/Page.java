package io.github.berrymse.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** The page that the server shows. */
final class Page {
    private Page() {}

    /**
     * Waits until the page is there: the web server listens a moment before it has what it serves.
     *
     * @param isServing whether it is worth asking
     * @return false when it is not there in time
     */
    static boolean await(ListenAddress address, BooleanSupplier isServing, long timeoutMs) throws InterruptedException {
        long deadlineMs = System.currentTimeMillis() + timeoutMs;
        while (!isServing.getAsBoolean() || !answers(address)) {
            if (System.currentTimeMillis() > deadlineMs) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    private static boolean answers(ListenAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.reachableHost(), address.port()), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("HEAD / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }
}
