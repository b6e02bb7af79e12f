package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One viewer, as its transport presents it. A stream sends it one segment at a time, and skips to a sync sample when it
 * falls behind: {@link #send} is called on a thread that the bundle has to itself, or on one that says {@code done}; for a
 * bundle that is trusted never to wait also on the capture thread and on one that subscribes; never twice at once. Return
 * at once and throw nothing: other viewers of the bundle wait for the same thread. A bundle that throws again and again, or
 * whose call does not return for 10 s, is named in the log and detached until it is replaced. Thread-safe.
 */
@ConsumerType
public interface Subscriber {

    /** Who it is, for the log and the status: transport and remote address. Asked once, when it subscribes. */
    String name();

    /**
     * Starts sending one segment and returns without waiting. A viewer that cannot be reached any more closes its
     * subscription instead of saying done. A segment that was on its way may still come after the subscription's end.
     *
     * @param done run exactly once, when the segment has left, from any thread, also from within this call; only then
     *     comes the next
     */
    void send(Segment segment, Runnable done);

    /**
     * The stream is gone, or the subscriber was detached; not called when the subscription was closed first, nor any more
     * once the whole bundle was detached because its calls failed again and again or did not return. Called on any thread,
     * maybe while {@link #send} runs. Does not wait.
     *
     * @param reason for the viewer, in words
     */
    void ended(String reason);
}
