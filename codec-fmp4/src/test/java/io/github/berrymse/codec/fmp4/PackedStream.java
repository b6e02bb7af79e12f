package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.h264.NalUnit;
import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.NalUnitType;
import io.github.berrymse.h264.PictureParameterSet;
import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.SliceHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a player gets, read as one would: with the sets of avcC alone, each fragment must follow from those before it. */
final class PackedStream {
    private final Map<Integer, NalUnit> latestPps = new HashMap<>();
    private final Map<Integer, NalUnit> pps = new HashMap<>();
    private InitializationSegment init;
    private SequenceParameterSet sps;
    private int reference = -1;
    private int size;
    private long torn;
    private boolean isAfterTear;

    /** The encoder's access unit is next, whether it comes out or not. */
    void goesIn(ByteBuffer unit) {
        var units = new NalUnitReader(unit);
        while (units.next()) {
            if (units.type() == NalUnitType.PPS && !units.isForbidden()) {
                PictureParameterSet.parse(unit, units.start(), units.end())
                        .ifPresent(set -> latestPps.put(set.id(), set.nalUnit()));
            }
        }
    }

    /** How many access units turned out to be torn since the last call. */
    int tornSince(long tornUnits) {
        int count = (int) (tornUnits - torn);
        torn = tornUnits;
        isAfterTear |= count > 0;
        return count;
    }

    int size() {
        return size;
    }

    void add(Fragment fragment) {
        size++;
        if (fragment.init() != init) {
            assertThat(fragment.isSync()).as("a sync sample follows its init").isTrue();
            init = fragment.init();
            readAvcC(Streams.bytes(init.bytes()));
        }
        assertThat(fragment.isSync() || !isAfterTear)
                .as("a sync sample follows a cut one")
                .isTrue();
        isAfterTear = false;
        boolean isFirst = true;
        ByteBuffer sample = fragment.payload();
        while (sample.hasRemaining()) {
            int length = sample.getInt();
            check(slice(sample, sample.position() + length), fragment.isSync(), isFirst);
            sample.position(sample.position() + length);
            isFirst = false;
        }
    }

    private SliceHeader slice(ByteBuffer sample, int end) {
        SliceHeader slice =
                SliceHeader.parse(sample, sample.position(), end, id -> sps).orElseThrow();
        assertThat(pps).containsKey(slice.ppsId());
        assertThat(pps.get(slice.ppsId()).hasSameRbsp(latestPps.get(slice.ppsId())))
                .as("avcC holds the set that the encoder meant")
                .isTrue();
        return slice;
    }

    private void check(SliceHeader slice, boolean isSync, boolean isFirst) {
        if (!isFirst) {
            return;
        }
        assertThat(slice.isIdr()).isEqualTo(isSync);
        assertThat(slice.firstMb()).isZero();
        if (!isSync && !sps.allowsGapsInFrameNum() && !(slice.isField() && slice.frameNum() == reference)) {
            assertThat(slice.frameNum()).isEqualTo((reference + 1) % (1 << sps.log2MaxFrameNum()));
        }
        reference = isSync || slice.isReference() ? slice.frameNum() : reference;
    }

    /** ISO/IEC 14496-15 5.3.3.1. */
    private void readAvcC(byte[] bytes) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("avcC") + 4;
        ByteBuffer in = ByteBuffer.wrap(bytes).position(at + 6);
        int spsEnd = in.getShort() + in.position();
        sps = SequenceParameterSet.parse(in, in.position(), spsEnd).orElseThrow();
        in.position(spsEnd);
        pps.clear();
        for (int count = in.get(); count > 0; count--) {
            int end = in.getShort() + in.position();
            var set = PictureParameterSet.parse(in, in.position(), end).orElseThrow();
            assertThat(set.spsId()).isEqualTo(sps.id());
            pps.put(set.id(), set.nalUnit());
            in.position(end);
        }
    }
}
