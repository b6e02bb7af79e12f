package io.github.berrymse.transport.hls;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP response. Immutable.
 *
 * @param status of RFC 9110
 * @param contentType of the body
 * @param maxAgeS how long a cache may keep it (RFC 9111 5.2.2.1)
 * @param isImmutable whether the address never gives anything else (RFC 8246)
 * @param size of the body
 * @param body gives byte arrays, one after the other, which do not change; null for one that is gone
 */
record Reply(int status, String contentType, int maxAgeS, boolean isImmutable, long size, List<Supplier<byte[]>> body) {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

    /** What is wrong for one is so for all who ask at the same moment, but may be right soon. */
    private static final int ERROR_MAX_AGE_S = 1;

    private static final int IMMUTABLE_MAX_AGE_S = 3600;

    static Reply playlist(byte[] text, int maxAgeS) {
        return text(200, "application/vnd.apple.mpegurl", maxAgeS, text);
    }

    private static Reply text(int status, String contentType, int maxAgeS, byte[] text) {
        return new Reply(status, contentType, maxAgeS, false, text.length, List.of(() -> text));
    }

    /** @param bytes of the playlist, which alone keeps them: a client too slow for it does not cost memory */
    static Reply media(List<byte[]> bytes) {
        long size = bytes.stream().mapToLong(piece -> piece.length).sum();
        List<Supplier<byte[]>> body = bytes.stream()
                .<Supplier<byte[]>>map(piece -> new WeakReference<>(piece)::get)
                .toList();
        return new Reply(200, "video/mp4", IMMUTABLE_MAX_AGE_S, true, size, body);
    }

    /** @param sentence for the user */
    static Reply error(int status, String sentence) {
        byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        return text(status, "text/plain; charset=utf-8", ERROR_MAX_AGE_S, text);
    }

    /** Starts sending and returns without waiting for the client. From any thread. */
    void send(AsyncContext request) {
        try {
            HttpServletResponse response = (HttpServletResponse) request.getResponse();
            putHead(response);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new BodyWriter(request, out, body));
        } catch (IOException | IllegalStateException e) { // the client is gone
            LOG.debug("A request is not answered: {}", e.toString());
        }
    }

    private void putHead(HttpServletResponse response) {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLengthLong(size);
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "public, max-age=" + maxAgeS + (isImmutable ? ", immutable" : ""));
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
