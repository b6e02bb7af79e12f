package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Writes messages, pings and pongs as frames (RFC 6455 5.2), one at a time, straight to the socket: Jetty's own sender
 * costs as much per frame as the system call. What a full socket does not take goes through Jetty's end point, which
 * waits for it; handshake, what comes in, and closing are Jetty's too. A large message goes in slices: the JDK copies a
 * buffer on the heap as a whole each time that a socket takes a part of it. Thread-safe.
 */
final class FrameWriter implements Callback {
    private static final int FIN = 0x80;
    private static final int BINARY = 0x2;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int LONGEST_HEADER = 10;

    private final EndPoint endPoint;
    private final SocketChannel channel;
    private final MessageBuffers buffers;
    private final Runnable whenFailed;

    private final Object lock = new Object();
    private ByteBuffer writing;
    private ByteBuffer message;

    /** What of the message has no place in its buffer yet; only who writes the message touches it. */
    private ByteBuffer rest;

    private ByteBuffer ping;
    private ByteBuffer pong;
    private Runnable whenSent;

    /** @param whenFailed run when the connection is gone, maybe more than once */
    FrameWriter(EndPoint endPoint, MessageBuffers buffers, Runnable whenFailed) {
        this.endPoint = endPoint;
        this.channel = endPoint.getTransport() instanceof SocketChannel socket ? socket : null;
        this.buffers = buffers;
        this.whenFailed = whenFailed;
    }

    /**
     * Writes one binary message.
     *
     * @param done run once it has left; the next message may be given then, and not before
     */
    void send(Segment segment, Runnable done) {
        int size = segment.size();
        ByteBuffer frame = buffers.acquire(Math.min(LONGEST_HEADER + size, MessageBuffers.LARGEST));
        putHeader(frame, BINARY, size);
        if (!segment.isInit()) {
            segment.putHeader(frame);
        }
        ByteBuffer contents = segment.isInit()
                ? segment.init().bytes().duplicate()
                : segment.fragment().payload();
        putSlice(frame, contents);
        ByteBuffer next;
        synchronized (lock) {
            whenSent = done;
            message = frame;
            rest = contents;
            next = next();
        }
        write(next);
    }

    /** Asks for a sign of life. */
    void ping() {
        ByteBuffer frame = control(PING, BufferUtil.EMPTY_BUFFER);
        ByteBuffer next;
        synchronized (lock) {
            ping = frame;
            next = next();
        }
        write(next);
    }

    /** Answers a ping; only the latest when the viewer sends many (5.5.3). */
    void pong(ByteBuffer payload) {
        ByteBuffer frame = control(PONG, payload);
        ByteBuffer next;
        synchronized (lock) {
            pong = frame;
            next = next();
        }
        write(next);
    }

    private static ByteBuffer control(int opcode, ByteBuffer payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + payload.remaining());
        putHeader(frame, opcode, payload.remaining());
        return frame.put(payload.duplicate()).flip();
    }

    private static void putHeader(ByteBuffer frame, int opcode, int size) {
        frame.put((byte) (FIN | opcode));
        if (size < 126) {
            frame.put((byte) size);
        } else if (size < 1 << 16) {
            frame.put((byte) 126).putShort((short) size);
        } else {
            frame.put((byte) 127).putLong(size);
        }
    }

    /** Fills a buffer as far as it goes, and makes it ready to be written. */
    private static void putSlice(ByteBuffer frame, ByteBuffer contents) {
        int size = Math.min(frame.remaining(), contents.remaining());
        frame.put(contents.slice(contents.position(), size)).flip();
        contents.position(contents.position() + size);
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
        if (frame == message && rest.hasRemaining()) {
            putSlice(frame.clear(), rest);
            return frame;
        }
        Runnable done = null;
        ByteBuffer next;
        synchronized (lock) {
            if (frame == message) {
                message = null;
                done = whenSent;
            }
            writing = null;
            next = next();
        }
        if (done != null) {
            buffers.release(frame);
            done.run();
        }
        return next;
    }

    /** The frame to write next, control frames first; null when there is none, or one is on its way. */
    private ByteBuffer next() {
        if (writing != null) {
            return null;
        }
        if (pong != null) {
            writing = pong;
            pong = null;
        } else if (ping != null) {
            writing = ping;
            ping = null;
        } else {
            writing = message;
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
