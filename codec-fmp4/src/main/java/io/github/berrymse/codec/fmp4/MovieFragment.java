package io.github.berrymse.codec.fmp4;

import static io.github.berrymse.codec.fmp4.Boxes.box;
import static io.github.berrymse.codec.fmp4.Boxes.fullBox;
import static io.github.berrymse.codec.fmp4.Boxes.u32;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One sample as a movie fragment (ISO/IEC 14496-12 8.8). The sizes of the boxes ahead of the sample are fixed: players read
 * {@code trun} at byte 76 and the sample's flags at byte 92. Immutable, thread-safe.
 */
final class MovieFragment implements Fragment {
    /** sample_depends_on 1, sample_is_non_sync_sample (8.8.3.1). */
    static final int NON_SYNC_SAMPLE_FLAGS = 0x01010000;

    private static final int SYNC_SAMPLE_FLAGS = 0x02000000;

    private static final int SEQUENCE_NUMBER_AT = 20;
    private static final int DECODE_TIME_AT = 64;
    private static final int FIRST_SAMPLE_FLAGS_AT = 92;
    private static final int DURATION_AT = 96;
    private static final int SAMPLE_SIZE_AT = 100;
    private static final int MDAT_AT = 104;
    private static final int HEADER_SIZE = 112;

    private static final byte[] TEMPLATE = Boxes.concat(moof(), mdat());

    private final InitializationSegment init;
    private final boolean isSync;
    private final long captureTimeUs;
    private final long decodeTimeTicks;
    private final int durationTicks;
    private final byte[] header;
    private final ByteBuffer payload;

    /** @param sample from 0 to its limit, never to be changed again */
    MovieFragment(
            InitializationSegment init,
            boolean isSync,
            long captureTimeUs,
            long decodeTimeTicks,
            int durationTicks,
            ByteBuffer sample) {
        this.init = init;
        this.isSync = isSync;
        this.captureTimeUs = captureTimeUs;
        this.decodeTimeTicks = decodeTimeTicks;
        this.durationTicks = durationTicks;
        this.payload = sample.asReadOnlyBuffer();
        this.header = Arrays.copyOf(TEMPLATE, TEMPLATE.length);
        ByteBuffer.wrap(header)
                .putInt(FIRST_SAMPLE_FLAGS_AT, isSync ? SYNC_SAMPLE_FLAGS : NON_SYNC_SAMPLE_FLAGS)
                .putInt(SAMPLE_SIZE_AT, sample.remaining())
                .putInt(MDAT_AT, HEADER_SIZE - MDAT_AT + sample.remaining());
    }

    /** Movie fragment, 8.8.4. */
    private static byte[] moof() {
        return box("moof", mfhd(), traf());
    }

    /** Movie fragment header, 8.8.5: the sequence number. */
    private static byte[] mfhd() {
        return fullBox("mfhd", 0, 0, u32(0));
    }

    /** Track fragment, 8.8.6. */
    private static byte[] traf() {
        return box("traf", tfhd(), tfdt(), trun());
    }

    /** Track fragment header, 8.8.7: default-base-is-moof, default-sample-flags-present. */
    private static byte[] tfhd() {
        return fullBox("tfhd", 0, 0x020020, u32(MovieHeader.TRACK_ID, NON_SYNC_SAMPLE_FLAGS));
    }

    /** Track fragment decode time, 8.8.12: 64 bits. */
    private static byte[] tfdt() {
        return fullBox("tfdt", 1, 0, u32(0, 0));
    }

    /** Track run, 8.8.8: data offset, first sample flags, one sample's duration and size. */
    private static byte[] trun() {
        return fullBox("trun", 0, 0x000305, u32(1, HEADER_SIZE, 0, 0, 0));
    }

    /** Media data, 8.1.1: its header, the sample follows. */
    private static byte[] mdat() {
        return box("mdat");
    }

    @Override
    public InitializationSegment init() {
        return init;
    }

    @Override
    public boolean isSync() {
        return isSync;
    }

    @Override
    public long captureTimeUs() {
        return captureTimeUs;
    }

    @Override
    public long decodeTimeTicks() {
        return decodeTimeTicks;
    }

    @Override
    public int durationTicks() {
        return durationTicks;
    }

    @Override
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    @Override
    public int headerSize() {
        return HEADER_SIZE;
    }

    @Override
    public void putHeader(ByteBuffer to, int sequenceNumber, long decodeTimeTicks, int durationTicks) {
        int at = to.position();
        to.put(header);
        to.putInt(at + SEQUENCE_NUMBER_AT, sequenceNumber);
        to.putLong(at + DECODE_TIME_AT, decodeTimeTicks);
        to.putInt(at + DURATION_AT, durationTicks);
    }
}
