package io.github.berrymse.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One viewer, as its transport presents it. A stream sends it one segment at a time. Calls come from a thread that the
 * bundle has to itself, and from threads that say {@code done}; for a bundle that is trusted never to wait also from the
 * capture thread and the one that subscribes; never two at once. A bundle that throws again and again, or whose call does
 * not return for 10 s, is detached from the stream until it is replaced.
 */
@ConsumerType
public interface Subscriber {

    /** Who it is, for the log and the status: transport and remote address. */
    String name();

    /**
     * Starts sending one segment and returns without waiting. A viewer that cannot be reached any more closes its
     * subscription instead of saying done.
     *
     * @param done run once the segment has left, from any thread, also from within this call; only then comes the next
     */
    void send(Segment segment, Runnable done);

    /** The stream is gone and will send no more, unless the subscription was closed first. Does not wait. */
    void ended(String reason);
}
