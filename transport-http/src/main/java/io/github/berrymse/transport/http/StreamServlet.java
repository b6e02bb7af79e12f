package io.github.berrymse.transport.http;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import io.github.berrymse.api.StreamStatus;
import io.github.berrymse.api.Subscriber;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /NAME.mp4}: the stream of a camera; {@code GET /NAME/keyframe.mp4}: its newest key frame. HEAD gets the
 * headers that GET would get. Thread-safe.
 */
final class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final int STREAM_PATIENCE_SECONDS = 10;
    private static final int KEY_FRAME_PATIENCE_SECONDS = 5;

    private final transient LiveStreams streams;
    private final transient Set<Answer> answers = ConcurrentHashMap.newKeySet();
    private final transient ScheduledThreadPoolExecutor patience;
    private transient volatile String stopReason;

    StreamServlet(LiveStreams streams) {
        this.streams = streams;
        this.patience = new ScheduledThreadPoolExecutor(
                1, task -> new Thread(task, "http patience"), new ThreadPoolExecutor.DiscardPolicy());
        patience.setRemoveOnCancelPolicy(true);
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        doGet(request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Accept-Ranges", "none");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        Answer answer = new Answer(context, request.getMethod().equals("HEAD"));
        answers.add(answer);
        answer.whenEnded(() -> answers.remove(answer));
        answer(request, answer);
        if (stopReason != null) { // this request came between
            answer.stop(stopReason);
        }
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

    private void answer(HttpServletRequest request, Answer answer) {
        Optional<StreamPath> path = StreamPath.of(request.getPathInfo());
        if (path.isEmpty()) {
            answer.refuse(
                    HttpServletResponse.SC_NOT_FOUND,
                    "a stream is at NAME.mp4, its newest key frame at NAME/keyframe.mp4, with NAME one of: "
                            + streams.names());
            return;
        }
        Optional<LiveStream> stream = path.get().cameraName() == null
                ? streams.at(null)
                : streams.named(path.get().cameraName());
        if (stream.isEmpty()) {
            answer.refuse(HttpServletResponse.SC_NOT_FOUND, "no such camera; there is: " + streams.names());
            return;
        }
        String name = "http " + request.getRemoteAddr() + ":" + request.getRemotePort();
        if (path.get().isKeyFrame()) {
            subscribe(stream.get(), new KeyFrameViewer(name, answer), answer, KEY_FRAME_PATIENCE_SECONDS);
            return;
        }
        try {
            LiveDuration duration = LiveDuration.of(request.getParameter("duration"));
            subscribe(stream.get(), new StreamViewer(name, answer, duration), answer, STREAM_PATIENCE_SECONDS);
        } catch (IllegalArgumentException e) {
            answer.refuse(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private void subscribe(LiveStream stream, Subscriber viewer, Answer answer, int patienceSeconds) {
        answer.whenEnded(stream.subscribe(viewer)::close);
        ScheduledFuture<?> givingUp = patience.schedule(
                () -> answer.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, whyNot(stream, patienceSeconds)),
                patienceSeconds,
                TimeUnit.SECONDS);
        answer.whenEnded(() -> givingUp.cancel(false));
    }

    private static String whyNot(LiveStream stream, int patienceSeconds) {
        StreamStatus status = stream.status();
        return status.state().equals("playing")
                ? "the camera " + status.name() + " has had no key frame for " + patienceSeconds + " s"
                : "the camera " + status.name() + " has no picture: " + status.reason();
    }

    /** Ends every response, also those that may still come. */
    void stop(String reason) {
        stopReason = reason;
        answers.forEach(answer -> answer.stop(reason));
        patience.shutdownNow();
    }
}
