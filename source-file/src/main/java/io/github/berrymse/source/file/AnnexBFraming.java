package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.h264.AccessUnitSplitter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A byte stream with nothing but start codes (ITU-T H.264 Annex B). An access unit has ended when the pipe falls silent, or
 * else when the next begins. If more of a picture comes after the silence, viewers have it already and it is cut: what
 * follows is said to have lost its reference. Confined to the capture thread.
 */
final class AnnexBFraming implements Framing {
    private static final Logger LOG = LoggerFactory.getLogger(AnnexBFraming.class);

    private static final long WARN_EVERY_US = TimeUnit.SECONDS.toMicros(10);

    /** Writers that buffer, and writes that a pipe cannot hold, stop at a multiple of this: more is on its way. */
    private static final int BLOCK_BYTES = 4096;

    /** The smallest MaxFrameNum (7.4.2.1.1): as frame_num goes on after a picture that was cut, it must not be believed. */
    private static final int LOST_WITH_A_TORN_UNIT = 16;

    private final AccessUnitSplitter splitter = new AccessUnitSplitter(this::hand);
    private final Silence silence = new Silence();
    private final String name;
    private AccessUnitSink sink;
    private long received;
    private long nowUs;
    private long beganUs;
    private long handed;
    private long dropped;
    private long torn;
    private long firstEnd;
    private long warnedUs = -WARN_EVERY_US;

    /** @param name what the pipe is called */
    AnnexBFraming(String name) {
        this.name = name;
    }

    @Override
    public boolean take(ByteBuffer chunk, long nowUs, AccessUnitSink sink) throws CaptureException {
        this.sink = sink;
        if (received == 0) {
            OtherFormat.check(name, chunk);
        }
        long pauseUs = nowUs - this.nowUs;
        this.nowUs = nowUs;
        beganUs = splitter.isPending() ? beganUs : nowUs;
        long before = handed;
        long tornBefore = splitter.tornUnits();
        boolean wasAtBlock = isAtBlock();
        boolean goesOn = append(chunk);
        boolean isTorn = splitter.tornUnits() > tornBefore;
        if (!wasAtBlock && (goesOn || isTorn)) {
            silence.broken(pauseUs);
        }
        if (isTorn) {
            warn(pauseUs);
        }
        return handed > before;
    }

    /** @return whether a picture goes on in it that had begun before */
    private boolean append(ByteBuffer chunk) {
        boolean hadPicture = splitter.hasPicture();
        long at = received;
        received += chunk.remaining();
        firstEnd = Long.MAX_VALUE;
        splitter.append(chunk);
        return hadPicture && firstEnd > at;
    }

    private void hand(ByteBuffer unit) {
        long lost = splitter.droppedUnits() - dropped + LOST_WITH_A_TORN_UNIT * (splitter.tornUnits() - torn);
        dropped = splitter.droppedUnits();
        torn = splitter.tornUnits();
        firstEnd = Math.min(firstEnd, splitter.unitPosition() + unit.remaining());
        silence.picture();
        handed++;
        sink.accept(new AccessUnit(unit, beganUs, (int) lost));
        beganUs = nowUs;
    }

    private void warn(long pauseUs) {
        if (nowUs - warnedUs >= WARN_EVERY_US) {
            warnedUs = nowUs;
            LOG.warn(
                    "The pipe's writer paused for {} ms within a picture, which is cut: none follows until the next key frame,"
                            + " and from now on a picture ends after {} ms of silence ({} cut so far)",
                    pauseUs / 1000,
                    silence.ms(),
                    splitter.tornUnits());
        }
    }

    @Override
    public int idleAfterMs() {
        if (!splitter.hasPicture()) {
            return 0;
        }
        return isAtBlock() ? Silence.MAX_MS : silence.ms();
    }

    private boolean isAtBlock() {
        return received % BLOCK_BYTES == 0;
    }

    @Override
    public boolean idle(AccessUnitSink sink) {
        this.sink = sink;
        long before = handed;
        splitter.flush();
        return handed > before;
    }

    /**
     * A writer that was killed while it wrote leaves a part of a picture, which would stand there until the writer is back.
     * As buffers and pipes are filled by blocks, what ends with one, of the stream or of the picture, counts as that.
     */
    @Override
    public boolean ended(AccessUnitSink sink) {
        boolean isCut = isAtBlock() || (received - splitter.unitPosition()) % BLOCK_BYTES == 0;
        return !isCut && idle(sink);
    }
}
