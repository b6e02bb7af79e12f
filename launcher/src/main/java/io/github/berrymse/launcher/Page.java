package io.github.berrymse.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
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
        try (Socket socket = ask(address, "HEAD / HTTP/1.0\r\n\r\n", " 200", 1000)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Sends a request to the server, and has its answer begin.
     *
     * @param status how the first 12 bytes of the answer are to end
     * @return connected, the rest of the answer not read; the caller's
     * @throws IOException also when it answers something else
     */
    static Socket ask(ListenAddress address, String request, String status, int timeoutMs) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.connect(new InetSocketAddress(address.reachableHost(), address.port()), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (!answer.endsWith(status)) {
                throw new IOException(address + " answers " + answer);
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
