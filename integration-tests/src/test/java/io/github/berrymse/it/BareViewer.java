package io.github.berrymse.it;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client that does nothing by itself: it reads when it is told to, and answers no ping. Reads and sends may be on
 * two threads.
 */
final class BareViewer implements Closeable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int RECEIVE_BUFFER_BYTES = 1 << 16;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final String head;

    /** One frame of the server (RFC 6455 5.2). */
    record Frame(int opcode, byte[] payload) {
        /** 1005 when there is none (7.1.5). */
        int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
        }

        String closeReason() {
            return new String(
                    payload, Math.min(2, payload.length), Math.max(0, payload.length - 2), StandardCharsets.UTF_8);
        }
    }

    private BareViewer(URI address, int receiveBufferBytes, String... headers) throws IOException {
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        String request = "GET " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n";
        for (String header : headers) {
            request += header + "\r\n";
        }
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
        in = new DataInputStream(socket.getInputStream());
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        head = answer.toString();
    }

    /** Asks for the first camera and returns when the answer's head is there. */
    static BareViewer connect(Application application, String... headers) throws IOException {
        return new BareViewer(application.webSocket(), RECEIVE_BUFFER_BYTES, headers);
    }

    static BareViewer connect(URI address) throws IOException {
        return new BareViewer(address, RECEIVE_BUFFER_BYTES);
    }

    /** The same with hardly a receive buffer, so that what is not read stays with the server. */
    static BareViewer connectNarrowly(Application application) throws IOException {
        return new BareViewer(application.webSocket(), 4096);
    }

    /** Status line and headers of the answer. */
    String head() {
        return head;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What follows the head of an answer that refuses, up to its end. */
    String body() throws IOException {
        int length = Integer.parseInt(head.replaceAll("(?is).*\r\nContent-Length: *(\\d+).*", "$1"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Sends a frame that is a whole message, masked as a client's must be (RFC 6455 5.3): with zeros. */
    void send(int opcode, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /** Waits for the next frame; the test's own time limit ends it. */
    Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0xF;
        int size = in.readUnsignedByte();
        if (size == 126) {
            size = in.readUnsignedShort();
        } else if (size == 127) {
            size = (int) in.readLong();
        }
        byte[] payload = new byte[size];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    /** Waits for the next frame of a kind, and passes over the others. */
    Frame read(int opcode) throws IOException {
        Frame frame = read();
        while (frame.opcode() != opcode) {
            frame = read();
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
