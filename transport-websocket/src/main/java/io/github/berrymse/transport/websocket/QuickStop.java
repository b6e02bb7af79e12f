package io.github.berrymse.transport.websocket;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Request;

/**
 * Lets the web server stop quickly: by itself it waits for idle connections, of which each browser keeps one, and longer than
 * for all the rest of its stop. Its connectors are known from the requests that come by them. Thread-safe.
 */
final class QuickStop implements ServletRequestListener {
    private static final long SHUTDOWN_IDLE_MS = 50;

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (ViewerServlet.unwrapped(event.getServletRequest()) instanceof Request request
                && request.getHttpChannel().getConnector() instanceof AbstractConnector connector
                && connector.getShutdownIdleTimeout() != SHUTDOWN_IDLE_MS) {
            connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MS);
        }
    }
}
