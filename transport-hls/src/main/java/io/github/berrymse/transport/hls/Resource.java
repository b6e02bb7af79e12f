package io.github.berrymse.transport.hls;

import java.util.Optional;

/** Something that a request asks for. Thread-safe. */
@FunctionalInterface
interface Resource {

    /** The answer, when the playlist is as it is now; empty: not yet. */
    Optional<Reply> in(Playlist now);
}
