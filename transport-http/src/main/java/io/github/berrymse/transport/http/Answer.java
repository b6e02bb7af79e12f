package io.github.berrymse.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One response by asynchronous, non-blocking output (Jakarta Servlet 2.3.3.3): a head, then one message after another,
 * then the end. Any thread may say so; it is done in turns, so that only one is in the response at any time, and none
 * touches it after its end, when the server uses it for another request. Nothing here waits for the client.
 * Thread-safe.
 */
final class Answer implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    /** What is to be done next with the message that is on its way. */
    private enum Step {
        NOTHING,
        WRITE,
        FLUSH,
        SAY_DONE
    }

    private final AsyncContext context;
    private final boolean isHeadOnly;
    private final Turns turns = new Turns();
    private final List<Runnable> whenEnded = new ArrayList<>();

    private ServletOutputStream out;
    private boolean isWritable;
    private boolean isEnded;
    private Step step = Step.NOTHING;
    private ByteBuffer message;
    private Runnable done;

    /**
     * @param context without a time limit
     * @param isHeadOnly it ends after the first message, which the server leaves out: the answer to a HEAD request
     */
    Answer(AsyncContext context, boolean isHeadOnly) {
        this.context = context;
        this.isHeadOnly = isHeadOnly;
    }

    /**
     * Begins with a head and a first message; nothing happens when it has begun or ended already.
     *
     * @param head sets status and headers
     * @param first as the message of {@link #write}
     */
    void begin(Consumer<HttpServletResponse> head, ByteBuffer first, Runnable whenDone) {
        turns.execute(() -> {
            if (isEnded || out != null) {
                return;
            }
            try {
                HttpServletResponse response = (HttpServletResponse) context.getResponse();
                head.accept(response);
                out = response.getOutputStream();
                take(first, isHeadOnly ? this::end : whenDone);
                out.setWriteListener(this);
            } catch (IOException | IllegalStateException e) {
                failed(e);
            }
        });
    }

    /** Begins with a status and one sentence, and ends; nothing happens when it has begun or ended already. */
    void refuse(int status, String sentence) {
        byte[] text = (sentence + "\n").getBytes(UTF_8);
        begin(
                response -> {
                    response.setStatus(status);
                    response.setContentType("text/plain; charset=utf-8");
                    response.setContentLength(text.length);
                    if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
                    }
                },
                ByteBuffer.wrap(text),
                this::end);
    }

    /**
     * Starts writing a message after the one before is done, and returns without waiting.
     *
     * @param bytes from 0 to its limit, with an array, and not to be touched until it is done
     * @param whenDone run once the output is ready for the next, and not at all when the client has gone
     */
    void write(ByteBuffer bytes, Runnable whenDone) {
        turns.execute(() -> {
            take(bytes, whenDone);
            advance();
        });
    }

    /** Ends, after what is on its way to the client. */
    void end() {
        turns.execute(this::finish);
    }

    /** Ends what has begun, and refuses what has not. */
    void stop(String reason) {
        turns.execute(() -> {
            if (out == null) {
                refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, reason);
            } else {
                finish();
            }
        });
    }

    /** Has something done when it has ended, for whatever reason; at once if it has. */
    void whenEnded(Runnable task) {
        turns.execute(() -> {
            if (isEnded) {
                task.run();
            } else {
                whenEnded.add(task);
            }
        });
    }

    @Override
    public void onWritePossible() {
        turns.execute(() -> {
            isWritable = true;
            advance();
        });
    }

    @Override
    public void onError(Throwable cause) {
        turns.execute(() -> failed(cause));
    }

    private void take(ByteBuffer bytes, Runnable whenDone) {
        message = bytes;
        done = whenDone;
        step = Step.WRITE;
    }

    /** Goes on as far as the output is ready; when it is not, it will say so by {@link #onWritePossible}. */
    private void advance() {
        try {
            while (!isEnded && isWritable && step != Step.NOTHING && out.isReady()) {
                advanceOneStep();
            }
        } catch (IOException | IllegalStateException e) {
            failed(e);
        }
    }

    private void advanceOneStep() throws IOException {
        switch (step) {
            case WRITE -> {
                step = Step.FLUSH;
                out.write(message.array(), 0, message.limit());
            }
            case FLUSH -> {
                step = Step.SAY_DONE;
                out.flush();
            }
            default -> {
                step = Step.NOTHING;
                done.run();
            }
        }
    }

    private void failed(Throwable cause) {
        LOG.debug("A client has gone: {}", cause.toString());
        finish();
    }

    private void finish() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        try {
            context.complete();
        } catch (IllegalStateException e) { // the server was quicker
            LOG.debug("A response had ended already: {}", e.toString());
        }
        whenEnded.forEach(Runnable::run);
    }
}
