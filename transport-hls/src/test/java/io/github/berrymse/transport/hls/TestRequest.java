package io.github.berrymse.transport.hls;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An asynchronous request whose client takes everything at once. Thread-safe. */
final class TestRequest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> headers = new HashMap<>();
    private int status;
    private int answers;

    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            try {
                listener.onWritePossible();
            } catch (IOException e) {
                listener.onError(e);
            }
        }

        @Override
        public void write(int value) {
            body.write(value);
        }
    };

    AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("complete")) {
                        complete();
                    }
                    return method.getName().equals("getResponse") ? response() : null;
                });
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setStatus" -> status = (int) arguments[0];
                        case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                        default -> {}
                    }
                    return method.getName().equals("getOutputStream") ? out : null;
                });
    }

    private synchronized void complete() {
        answers++;
    }

    /** How often it was answered. */
    synchronized int answers() {
        return answers;
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.get(name);
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    int size() {
        return body.size();
    }
}
