package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.h264.AccessUnitSplitter;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A byte stream with nothing but start codes (ITU-T H.264 Annex B). An access unit has ended when the pipe falls silent, or
 * else when the next begins. If more of a picture comes after the silence, viewers have it already and it is cut: what
 * follows is said to have lost its reference. Confined to the capture thread.
 */
final class AnnexBFraming implements Framing {
    private static final Logger LOG = LoggerFactory.getLogger(AnnexBFraming.class);

    private static final int SILENCE_MS = 2;
    private static final int MAX_SILENCE_MS = 100;

    /** Writers that buffer, and writes that a pipe cannot hold, stop at a multiple of this: more is on its way. */
    private static final int BLOCK_BYTES = 4096;

    /** The smallest MaxFrameNum (7.4.2.1.1): as frame_num goes on after a picture that was cut, it must not be believed. */
    private static final int LOST_WITH_A_TORN_UNIT = 16;

    private final AccessUnitSplitter splitter = new AccessUnitSplitter(this::hand);
    private AccessUnitSink sink;
    private int silenceMs = SILENCE_MS;
    private long received;
    private long nowUs;
    private long beganUs;
    private long handed;
    private long dropped;
    private long torn;
    private long told;

    @Override
    public boolean take(ByteBuffer chunk, long nowUs, AccessUnitSink sink) {
        this.sink = sink;
        this.nowUs = nowUs;
        beganUs = splitter.isPending() ? beganUs : nowUs;
        received += chunk.remaining();
        long before = handed;
        splitter.append(chunk);
        learnSilence();
        return handed > before;
    }

    private void hand(ByteBuffer unit) {
        long lost = splitter.droppedUnits() - dropped + LOST_WITH_A_TORN_UNIT * (splitter.tornUnits() - told);
        dropped = splitter.droppedUnits();
        told = splitter.tornUnits();
        handed++;
        sink.accept(new AccessUnit(unit, beganUs, (int) lost));
        beganUs = nowUs;
    }

    /** A writer that pauses within a picture is given more time from then on. */
    private void learnSilence() {
        if (splitter.tornUnits() > torn) {
            torn = splitter.tornUnits();
            silenceMs = Math.min(2 * silenceMs, MAX_SILENCE_MS);
            LOG.warn("The pipe fell silent within a picture: the next end after {} ms of silence", silenceMs);
        }
    }

    @Override
    public int idleAfterMs() {
        if (!splitter.isPending()) {
            return 0;
        }
        return received % BLOCK_BYTES == 0 ? MAX_SILENCE_MS : silenceMs;
    }

    @Override
    public boolean idle(AccessUnitSink sink) {
        this.sink = sink;
        long before = handed;
        splitter.flush();
        return handed > before;
    }
}
