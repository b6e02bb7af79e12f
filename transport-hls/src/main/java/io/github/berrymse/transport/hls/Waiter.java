package io.github.berrymse.transport.hls;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request that waits for its resource, and holds no thread meanwhile. Answered once. Thread-safe. */
final class Waiter {
    private final AsyncContext request;
    private final Resource resource;
    private final long sinceNs;
    private final AtomicBoolean isAnswered = new AtomicBoolean();

    Waiter(AsyncContext request, Resource resource, long sinceNs) {
        this.request = request;
        this.resource = resource;
        this.sinceNs = sinceNs;
    }

    /** Answers if the resource is there. @return whether it is answered */
    boolean look(Playlist now) {
        return isAnswered.get() || resource.in(now).map(this::answer).orElse(false);
    }

    /** Answers, if that has not been done. @return true: it is answered */
    boolean answer(Reply reply) {
        if (!isAnswered.getAndSet(true)) {
            reply.send(request);
        }
        return true;
    }

    long sinceNs() {
        return sinceNs;
    }
}
