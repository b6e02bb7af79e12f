package io.github.berrymse.it;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A WebSocket client that keeps every binary message and counts the others. Thread-safe. */
final class Viewer implements WebSocket.Listener, Closeable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<byte[]> messages = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int texts;
    private int pongs;
    private int closeCode;
    private String closeReason = "";
    private Throwable error;
    private WebSocket socket;

    static Viewer connect(URI address) {
        Viewer viewer = new Viewer();
        viewer.socket = HTTP.newWebSocketBuilder().buildAsync(address, viewer).join();
        return viewer;
    }

    WebSocket socket() {
        return socket;
    }

    @Override
    public synchronized CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean isLast) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (isLast) {
            messages.add(message.toByteArray());
            message.reset();
            notifyAll();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
        texts++;
        webSocket.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer payload) {
        pongs++;
        notifyAll();
        webSocket.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        closeReason = reason;
        notifyAll();
        return null;
    }

    @Override
    public synchronized void onError(WebSocket webSocket, Throwable cause) {
        error = cause;
        closeCode = 1006;
        notifyAll();
    }

    /** Waits for so many messages; the test's own time limit ends it. */
    synchronized List<byte[]> await(int count) throws InterruptedException {
        while (messages.size() < count) {
            if (closeCode != 0) {
                throw new IllegalStateException("closed with " + closeCode + " after " + messages.size(), error);
            }
            wait();
        }
        return List.copyOf(messages);
    }

    /** Waits for the close code. */
    synchronized int awaitClose() throws InterruptedException {
        while (closeCode == 0) {
            wait();
        }
        return closeCode;
    }

    synchronized String closeReason() {
        return closeReason;
    }

    /** Waits for the answer to a ping. */
    synchronized void awaitPong() throws InterruptedException {
        while (pongs == 0) {
            wait();
        }
    }

    synchronized boolean isClosed() {
        return closeCode != 0;
    }

    synchronized int count() {
        return messages.size();
    }

    synchronized int texts() {
        return texts;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
