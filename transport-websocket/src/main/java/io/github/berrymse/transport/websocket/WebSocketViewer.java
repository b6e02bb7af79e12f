package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.api.WebSocketPartialListener;
import org.eclipse.jetty.websocket.api.WebSocketPingPongListener;
import org.eclipse.jetty.websocket.api.WriteCallback;

/**
 * One WebSocket: each segment is one binary message, one message in flight. What the viewer sends is ignored, but for an
 * empty text message, which gets another: browsers do not tell a page of pings, and one that hears nothing wants to know
 * whether the connection has died or only the camera is silent. Thread-safe.
 */
final class WebSocketViewer implements Subscriber, WebSocketPartialListener, WebSocketPingPongListener {
    /** A viewer that has not answered as many pings is closed. */
    static final int MISSED_PINGS = 3;

    private final LiveStream stream;
    private final Viewers viewers;
    private final FrameWriter writer;
    private final Duration idle;
    private final AtomicInteger unansweredPings = new AtomicInteger();
    private volatile Session session;
    private volatile String name = "websocket";
    private volatile Subscription subscription;
    private volatile boolean isClosed;

    WebSocketViewer(LiveStream stream, Viewers viewers, EndPoint endPoint, Messages messages, Duration idle) {
        this.stream = stream;
        this.viewers = viewers;
        this.idle = idle;
        this.writer = new FrameWriter(endPoint, messages, this::left);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void onWebSocketConnect(Session newSession) {
        session = newSession;
        String address = newSession.getRemoteAddress().toString();
        name = "websocket " + address.substring(address.indexOf('/') + 1);
        newSession.setIdleTimeout(idle);
        viewers.add(this);
        if (isClosed) {
            return; // it came just as all were sent away
        }
        subscription = stream.subscribe(this);
        if (isClosed) {
            subscription.close();
        }
    }

    @Override
    public void send(Segment segment, Runnable done) {
        writer.send(segment, done);
    }

    /** Asks for a sign of life, or closes a viewer that has not given one for long. */
    void ping() {
        if (unansweredPings.getAndIncrement() >= MISSED_PINGS) {
            close(StatusCode.POLICY_VIOLATION, "no answer to pings");
            session.disconnect();
            return;
        }
        writer.ping();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        unansweredPings.set(0);
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        writer.pong(payload);
    }

    @Override
    public void onWebSocketPartialText(String text, boolean isLast) {
        if (isLast && text.isEmpty()) {
            writer.answer();
        }
    }

    @Override
    public void ended(String reason) {
        close(StatusCode.SHUTDOWN, reason);
    }

    void close(int statusCode, String reason) {
        left(); // first: it is not counted as a viewer any more when it hears of it
        session.close(statusCode, reason, WriteCallback.NOOP);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason) {
        left();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        left();
    }

    private void left() {
        isClosed = true;
        viewers.remove(this);
        Subscription now = subscription;
        if (now != null) {
            now.close();
        }
    }
}
