package io.github.berrymse.transport.hls;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes a body as the client takes it, so that none holds a thread of the web server. Confined to that server's threads,
 * which never call it twice at once.
 */
final class BodyWriter implements WriteListener {
    /** So much goes into the web server's own buffer, and leaves the byte arrays to the collector. */
    private static final int STEP_BYTES = 16 << 10;

    private final AsyncContext request;
    private final ServletOutputStream out;
    private final List<Supplier<byte[]>> body;
    private int piece;
    private int at;

    BodyWriter(AsyncContext request, ServletOutputStream out, List<Supplier<byte[]>> body) {
        this.request = request;
        this.out = out;
        this.body = body;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (piece == body.size()) {
                request.complete();
                return;
            }
            byte[] bytes = body.get(piece).get();
            if (bytes == null) {
                throw new IOException("the client was slower than the playlist");
            }
            int size = Math.min(STEP_BYTES, bytes.length - at);
            out.write(bytes, at, size);
            at += size;
            if (at == bytes.length) {
                piece++;
                at = 0;
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        request.complete();
    }
}
