package io.github.berrymse.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Subscription;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

/** Viewers come and are sent away. */
class ViewersTest {

    private final Viewers viewers = new Viewers();
    private final List<String> done = new ArrayList<>();

    private WebSocketViewer connected() {
        LiveStream stream = fake(LiveStream.class, "subscribed", fake(Subscription.class, "unsubscribed", null));
        WebSocketViewer viewer =
                new WebSocketViewer(stream, viewers, new ByteArrayEndPoint(), new Messages(), Duration.ZERO);
        viewer.onWebSocketConnect(fake(Session.class, "", new InetSocketAddress("127.0.0.1", 1)));
        return viewer;
    }

    /** Notes subscriptions, their ends and those of connections. */
    @SuppressWarnings("unchecked")
    private <T> T fake(Class<T> type, String name, Object answer) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            boolean isEnd = method.getName().equals("close");
            if (!name.isEmpty()) {
                done.add(name);
            } else if (isEnd) {
                done.add("closed " + Arrays.asList(arguments).subList(0, 2));
            }
            return method.getReturnType().isInstance(answer) ? answer : null;
        });
    }

    @Test
    void whoIsThereAndWhoComesJustThenHearsThatItIsOver() {
        connected();
        assertThat(done).containsExactly("subscribed");
        done.clear();

        viewers.closeAll(1012, "service restart");
        assertThat(done).containsExactly("unsubscribed", "closed [1012, service restart]");
        assertThat(viewers.isEmpty()).isTrue();
        done.clear();

        connected();
        assertThat(done).containsExactly("closed [1012, service restart]");
        assertThat(viewers.isEmpty()).isTrue();
    }
}
