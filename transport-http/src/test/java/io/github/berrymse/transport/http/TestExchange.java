package io.github.berrymse.transport.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's side of one request, as strict as the servlet specification: nothing is written unless it is ready.
 * Confined to the test.
 */
final class TestExchange extends ServletOutputStream {
    /** Whether the client takes what is written. */
    boolean isReading = true;

    final List<String> head = new ArrayList<>();
    int completed;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final HttpServletResponse response = proxy(HttpServletResponse.class);
    private String flushed = "";
    private boolean isFull;
    private boolean hasListener;

    final AsyncContext context = proxy(AsyncContext.class);

    /** Methods that return nothing are written down, by name and last argument. */
    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getResponse" -> response;
                    case "getOutputStream" -> this;
                    case "complete" -> {
                        completed++;
                        yield null;
                    }
                    default -> {
                        head.add(method.getName() + " " + arguments[arguments.length - 1]);
                        yield null;
                    }
                }));
    }

    /** What the client has. */
    String body() {
        return flushed;
    }

    /** The client takes what is there, and what may come. */
    void readAll() {
        isReading = true;
        isFull = false;
    }

    @Override
    public boolean isReady() {
        return !isFull;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        hasListener = true;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        checkReady();
        written.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        checkReady();
        flushed = written.toString(StandardCharsets.US_ASCII);
        isFull = !isReading;
    }

    private void checkReady() {
        if (!hasListener || isFull || completed > 0) {
            throw new IllegalStateException("it is not ready");
        }
    }
}
