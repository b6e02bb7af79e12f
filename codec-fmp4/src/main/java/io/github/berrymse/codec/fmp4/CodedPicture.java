package io.github.berrymse.codec.fmp4;

import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.NalUnitType;
import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.SliceHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * The VCL NAL units of one access unit, as ranges of the driver's buffer: one picture, in one slice or many. Confined to the
 * capture thread.
 */
final class CodedPicture {
    private static final int LENGTH_SIZE = 4;

    private int[] bounds = new int[32];
    private int count;
    private int sampleSize;
    private SliceHeader firstSlice;
    private final BitSet ppsIds = new BitSet();

    void clear() {
        count = 0;
        sampleSize = 0;
        firstSlice = null;
        ppsIds.clear();
    }

    /**
     * Adds a VCL NAL unit.
     *
     * @return false, and it is left out, when its slice header is cut off or belongs to another picture: a buffer may hold
     *     what is left of an older one behind the picture
     */
    boolean add(ByteBuffer data, NalUnitReader unit, IntFunction<SequenceParameterSet> spsOfPps) {
        if (NalUnitType.hasSliceHeader(unit.type())) {
            Optional<SliceHeader> slice = SliceHeader.parse(data, unit.start(), unit.end(), spsOfPps);
            if (slice.isEmpty() || firstSlice != null && !firstSlice.isSameFrame(slice.get())) {
                return false;
            }
            firstSlice = firstSlice == null ? slice.get() : firstSlice;
            ppsIds.set(slice.get().ppsId());
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = unit.start();
        bounds[2 * count + 1] = unit.end();
        count++;
        sampleSize += LENGTH_SIZE + unit.size();
        return true;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Null when no slice header is there. */
    SliceHeader firstSlice() {
        return firstSlice;
    }

    /** Whether all picture parameter sets that its slices refer to are such, by pic_parameter_set_id. */
    boolean refersOnlyTo(IntPredicate such) {
        int ppsId = ppsIds.nextSetBit(0);
        while (ppsId >= 0 && such.test(ppsId)) {
            ppsId = ppsIds.nextSetBit(ppsId + 1);
        }
        return ppsId < 0;
    }

    /** The one copy: each NAL unit after its length (ISO/IEC 14496-15 5.3.2), in a buffer of just that size. */
    ByteBuffer toSample(ByteBuffer data) {
        var bytes = new byte[sampleSize];
        ByteBuffer sample = ByteBuffer.wrap(bytes);
        for (int i = 0; i < count; i++) {
            int start = bounds[2 * i];
            int size = bounds[2 * i + 1] - start;
            sample.putInt(size);
            data.get(start, bytes, sample.position(), size);
            sample.position(sample.position() + size);
        }
        return sample.flip();
    }
}
