package io.github.berrymse.transport.hls;

import io.github.berrymse.api.InitializationSegment;

/**
 * A Media Initialization Section (HLS 2nd edition 3) with the number that makes its address. Immutable, and so are its
 * bytes.
 *
 * @param number counts up within a run
 * @param segment what it says
 * @param bytes its bytes
 */
record NumberedInit(int number, InitializationSegment segment, byte[] bytes) {

    static NumberedInit of(int number, InitializationSegment segment) {
        byte[] bytes = new byte[segment.bytes().remaining()];
        segment.bytes().duplicate().get(bytes);
        return new NumberedInit(number, segment, bytes);
    }

    int timescale() {
        return segment.timescale();
    }
}
