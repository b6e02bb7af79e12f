package io.github.berrymse.api;

import java.nio.ByteBuffer;

/**
 * What a player must know before the first media segment (ISO BMFF byte stream format 3): {@code ftyp} and {@code
 * moov}. Immutable; two are equal when their bytes are.
 *
 * @param bytes the whole segment, read-only; use {@link ByteBuffer#duplicate}, as all share the position
 * @param codec as RFC 6381 writes it, such as {@code avc1.64001F}
 * @param width pixels of the picture as shown: cropped and turned
 * @param height pixels of the picture as shown
 * @param timescale ticks per second of all durations and decode times
 */
public record InitializationSegment(ByteBuffer bytes, String codec, int width, int height, int timescale) {

    public InitializationSegment {
        bytes = bytes.asReadOnlyBuffer();
    }
}
