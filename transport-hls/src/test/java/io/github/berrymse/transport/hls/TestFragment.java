package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A fragment whose header says in 16 bytes what it was given. Immutable. */
record TestFragment(
        InitializationSegment init, boolean isSync, long decodeTimeTicks, int durationTicks, int payloadBytes)
        implements Fragment {
    static final int TIMESCALE = 90_000;
    static final int HEADER_BYTES = 16;
    static final InitializationSegment INIT = init("init");

    static InitializationSegment init(String bytes) {
        return new InitializationSegment(
                ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)), "avc1.42C01F", 1280, 720, TIMESCALE);
    }

    @Override
    public long captureTimeUs() {
        return decodeTimeTicks * 100 / 9;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.allocate(payloadBytes).asReadOnlyBuffer();
    }

    @Override
    public int headerSize() {
        return HEADER_BYTES;
    }

    @Override
    public void putHeader(ByteBuffer to, int sequenceNumber, long decodeTicks, int ticks) {
        to.putInt(sequenceNumber).putLong(decodeTicks).putInt(ticks);
    }
}
