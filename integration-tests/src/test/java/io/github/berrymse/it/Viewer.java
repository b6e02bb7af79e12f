package io.github.berrymse.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket client that keeps every binary message, counts the others, and answers pings. Not that of the JDK: of bytes
 * that come right behind the handshake, Java 17's sometimes takes the middle of a message for the next one's beginning.
 * Thread-safe.
 */
final class Viewer implements Closeable {
    private final BareViewer connection;
    private final List<byte[]> messages = new ArrayList<>();
    private int texts;
    private int pongs;
    private int closeCode;
    private String closeReason = "";
    private IOException error;

    private Viewer(BareViewer connection) {
        this.connection = connection;
    }

    /** @throws UncheckedIOException when there is no server, or it refuses */
    static Viewer connect(URI address) {
        try {
            BareViewer connection = BareViewer.connect(address);
            if (!connection.head().startsWith("HTTP/1.1 101 ")) {
                connection.close();
                throw new IOException(connection.head());
            }
            Viewer viewer = new Viewer(connection);
            Thread thread = new Thread(viewer::read, "viewer");
            thread.setDaemon(true);
            thread.start();
            return viewer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            while (!isClosed()) {
                BareViewer.Frame frame = connection.read();
                take(frame);
                answer(frame);
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    private void answer(BareViewer.Frame frame) {
        try {
            switch (frame.opcode()) {
                case BareViewer.PING -> connection.send(BareViewer.PONG, frame.payload());
                case BareViewer.CLOSE -> connection.send(BareViewer.CLOSE, frame.payload());
                default -> {}
            }
        } catch (IOException e) {
            return; // the server has closed already: what there is still to read decides
        }
    }

    private synchronized void take(BareViewer.Frame frame) throws IOException {
        switch (frame.opcode()) {
            case BareViewer.BINARY -> messages.add(frame.payload());
            case BareViewer.TEXT -> texts++;
            case BareViewer.PONG -> pongs++;
            case BareViewer.PING -> {}
            case BareViewer.CLOSE -> {
                closeCode = frame.closeCode();
                closeReason = frame.closeReason();
            }
            default -> throw new IOException("no server sends frames of opcode " + frame.opcode());
        }
        notifyAll();
    }

    private synchronized void lost(IOException cause) {
        error = cause;
        closeCode = closeCode == 0 ? 1006 : closeCode;
        notifyAll();
    }

    /** @param opcode one of {@link BareViewer}'s */
    void send(int opcode, byte... payload) throws IOException {
        connection.send(opcode, payload);
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
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
