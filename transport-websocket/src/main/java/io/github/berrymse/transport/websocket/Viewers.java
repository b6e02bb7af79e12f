package io.github.berrymse.transport.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those who watch. When nobody may any more, all hear of it, also who comes just then. Thread-safe. */
final class Viewers {
    private record End(int statusCode, String reason) {}

    private final Set<WebSocketViewer> all = ConcurrentHashMap.newKeySet();
    private volatile End end;

    void add(WebSocketViewer viewer) {
        all.add(viewer);
        End now = end;
        if (now != null) {
            viewer.close(now.statusCode, now.reason);
        }
    }

    void remove(WebSocketViewer viewer) {
        all.remove(viewer);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void ping() {
        all.forEach(WebSocketViewer::ping);
    }

    /** For good. */
    void closeAll(int statusCode, String reason) {
        end = new End(statusCode, reason);
        all.forEach(viewer -> viewer.close(statusCode, reason));
    }
}
