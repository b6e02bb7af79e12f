package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Writes messages, pings and answers as frames (RFC 6455 5.2), one at a time, straight to the socket: Jetty's own sender
 * costs as much per frame as the system call. What a full socket does not take goes through Jetty's end point, which
 * waits for it; handshake, what comes in, and closing are Jetty's too. A large message goes in slices: the JDK copies a
 * buffer on the heap as a whole each time that a socket takes a part of it. Thread-safe.
 */
final class FrameWriter implements Callback {
    /** Frames that go before the next message, in this order, and the newest of each only. */
    private enum Small {
        PONG(0xA),
        PING(0x9),
        TEXT(0x1);

        private final int opcode;

        Small(int opcode) {
            this.opcode = opcode;
        }
    }

    private final EndPoint endPoint;
    private final SocketChannel channel;
    private final Messages messages;
    private final Runnable whenFailed;

    private final Object lock = new Object();
    private ByteBuffer writing;
    private Message message;
    private final Map<Small, ByteBuffer> small = new EnumMap<>(Small.class);
    private Runnable whenSent;

    /** @param whenFailed run when the connection is gone, maybe more than once */
    FrameWriter(EndPoint endPoint, Messages messages, Runnable whenFailed) {
        this.endPoint = endPoint;
        this.channel = endPoint.getTransport() instanceof SocketChannel socket ? socket : null;
        this.messages = messages;
        this.whenFailed = whenFailed;
    }

    /**
     * Writes one binary message.
     *
     * @param done run once it has left; the next message may be given then, and not before
     */
    void send(Segment segment, Runnable done) {
        Message newMessage = messages.of(segment);
        ByteBuffer next;
        synchronized (lock) {
            whenSent = done;
            message = newMessage;
            next = next();
        }
        write(next);
    }

    /** Asks for a sign of life. */
    void ping() {
        write(Small.PING, BufferUtil.EMPTY_BUFFER);
    }

    /** Answers a ping; only the latest when the viewer sends many (5.5.3). */
    void pong(ByteBuffer payload) {
        write(Small.PONG, payload);
    }

    /** Gives a sign of life that a page is told of: an empty text message. */
    void answer() {
        write(Small.TEXT, BufferUtil.EMPTY_BUFFER);
    }

    private void write(Small kind, ByteBuffer payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + payload.remaining());
        Message.putHeader(frame, kind.opcode, payload.remaining());
        frame.put(payload.duplicate()).flip();
        ByteBuffer next;
        synchronized (lock) {
            small.put(kind, frame);
            next = next();
        }
        write(next);
    }

    /** Writes a frame, and those that wait behind it, as far as the kernel takes them at once; it nearly always does. */
    private void write(ByteBuffer first) {
        ByteBuffer frame = first;
        while (frame != null && isWritten(frame)) {
            frame = written(frame);
        }
    }

    /** @return false when {@link #succeeded} will tell */
    private boolean isWritten(ByteBuffer frame) {
        try {
            if (channel != null && channel.write(frame) >= 0 && !frame.hasRemaining()) {
                return true;
            }
            endPoint.write(this, frame);
        } catch (IOException | WritePendingException e) { // gone, or Jetty is writing its close frame
            failed(e);
        }
        return false;
    }

    /** Goes on with a message that has not left as a whole, else says done for it. @return what to write next, or null */
    private ByteBuffer written(ByteBuffer frame) {
        Message left = message; // set before it is written, and not again before this
        boolean isMessage = left != null && left.bytes() == frame;
        if (isMessage && left.hasNextSlice()) {
            return frame;
        }
        Runnable done = whenSent;
        ByteBuffer next;
        synchronized (lock) {
            if (isMessage) {
                message = null;
            }
            writing = null;
            next = next();
        }
        if (isMessage) {
            messages.release(left);
            done.run();
        }
        return next;
    }

    /** The frame to write next, small ones first; null when there is none, or one is on its way. */
    private ByteBuffer next() {
        if (writing != null) {
            return null;
        }
        writing = message == null ? null : message.bytes();
        if (!small.isEmpty()) {
            Iterator<ByteBuffer> inOrder = small.values().iterator();
            writing = inOrder.next();
            inOrder.remove();
        }
        return writing;
    }

    @Override
    public void succeeded() {
        ByteBuffer frame;
        synchronized (lock) {
            frame = writing;
        }
        write(written(frame));
    }

    @Override
    public void failed(Throwable cause) {
        whenFailed.run();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
