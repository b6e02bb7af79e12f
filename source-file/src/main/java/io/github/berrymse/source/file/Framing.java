package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CaptureException;
import java.nio.ByteBuffer;

/** How the bytes of a pipe are divided into access units. Confined to the capture thread. */
interface Framing {

    /**
     * Takes what was read and hands over every access unit that is complete.
     *
     * @param nowUs when it was read
     * @return whether one was handed over
     * @throws CaptureException when the bytes are not framed like this
     */
    boolean take(ByteBuffer chunk, long nowUs, AccessUnitSink sink) throws CaptureException;

    /** How long the pipe must be silent for the bytes so far to be an access unit; 0 when silence means nothing. */
    default int idleAfterMs() {
        return 0;
    }

    /**
     * The pipe was silent for so long.
     *
     * @return whether an access unit was handed over
     */
    default boolean idle(AccessUnitSink sink) {
        return false;
    }

    /** The pipe has ended. @return whether an access unit was handed over */
    default boolean ended(AccessUnitSink sink) {
        return idle(sink);
    }
}
