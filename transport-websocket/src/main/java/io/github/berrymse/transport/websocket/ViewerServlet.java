package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.api.WebSocketPartialListener;
import org.eclipse.jetty.websocket.api.WebSocketPingPongListener;
import org.eclipse.jetty.websocket.server.JettyWebSocketServerContainer;

/**
 * Upgrades a request to a WebSocket (RFC 6455 4.2) and subscribes it to the stream of its path. A plain servlet: Jetty's
 * own WebSocket servlet does not work on the HTTP whiteboard. Thread-safe.
 */
final class ViewerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final transient LiveStreams streams;
    private final transient Viewers viewers = new Viewers();
    private final transient Messages messages = new Messages();
    private volatile int sendBufferBytes;
    private transient volatile Duration idle;
    private transient volatile Origins origins;

    ViewerServlet(LiveStreams streams) {
        this.streams = streams;
    }

    /** How viewers that come from now on are treated; idle longer than this, they are closed. */
    void configure(Origins newOrigins, int newSendBufferBytes, Duration newIdle) {
        origins = newOrigins;
        sendBufferBytes = newSendBufferBytes;
        idle = newIdle;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<LiveStream> stream = streams.at(request.getPathInfo());
        if (stream.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "no such camera; there is: " + streams.names());
            return;
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            response.sendError(426, "this address is a WebSocket: open the page at / or use ws://");
            return;
        }
        String origin = request.getHeader("Origin");
        if (!origins.allow(origin, request.getHeader("Host"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "pages of " + origin + " may not watch this server");
            return;
        }
        upgrade(request, response, stream.get());
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Allow", METHODS);
    }

    /** Refused: HttpServlet would send the request back with its headers (RFC 9110 9.3.8). */
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", METHODS);
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response, LiveStream stream)
            throws IOException {
        JettyWebSocketServerContainer container = (JettyWebSocketServerContainer)
                getServletContext().getAttribute(JettyWebSocketServerContainer.JETTY_WEBSOCKET_CONTAINER_ATTRIBUTE);
        Request jettyRequest = (Request) unwrapped(request);
        EndPoint endPoint = jettyRequest.getHttpChannel().getEndPoint();
        boundSendBuffer(endPoint);
        boolean isUpgraded = container.upgrade(
                (upgradeRequest, upgradeResponse) -> {
                    // permessage-deflate would cost many times the CPU of the whole stream and gain nothing on H.264.
                    upgradeResponse.setExtensions(List.of());
                    return endpoint(new WebSocketViewer(stream, viewers, endPoint, messages, idle));
                },
                jettyRequest,
                (HttpServletResponse) unwrapped(response));
        if (!isUpgraded && !response.isCommitted()) {
            response.sendError(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "this is no WebSocket handshake (RFC 6455 4.2.1): it wants HTTP/1.1, Connection: Upgrade and a key");
        }
    }

    /**
     * The viewer, as an object of a class of Jetty's. Jetty keeps the class of each endpoint for as long as it runs
     * (JettyWebSocketFrameHandlerFactory), and with it would keep this bundle after it was replaced.
     */
    private static Object endpoint(WebSocketViewer viewer) {
        return Proxy.newProxyInstance(
                WebSocketPartialListener.class.getClassLoader(),
                new Class<?>[] {WebSocketPartialListener.class, WebSocketPingPongListener.class},
                (proxy, method, arguments) -> method.invoke(viewer, arguments));
    }

    /** Without a bound the kernel takes megabytes, seconds of video, for a viewer that has stopped reading. */
    private void boundSendBuffer(EndPoint endPoint) throws IOException {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
    }

    static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    private static ServletResponse unwrapped(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        return inner;
    }

    void ping() {
        if (viewers.isEmpty()) {
            messages.forget();
        }
        viewers.ping();
    }

    void closeAll(int statusCode, String reason) {
        viewers.closeAll(statusCode, reason);
    }
}
