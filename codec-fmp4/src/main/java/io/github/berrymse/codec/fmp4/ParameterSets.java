package io.github.berrymse.codec.fmp4;

import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.h264.BitstreamRestriction;
import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.PictureParameterSet;
import io.github.berrymse.h264.SequenceParameterSet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The parameter sets that came so far, by their ids, and the initialization segment that holds those in force. A set that
 * comes again with other bytes is in force from the next IDR picture on: an encoder may change a picture parameter set
 * between any two pictures (ITU-T H.264 7.4.1.2.1), but players take an initialization segment only ahead of a random access
 * point. Confined to the capture thread.
 */
final class ParameterSets {
    /** avcC counts the bytes of a set in 16 bits. */
    private static final int MAX_SIZE = 0xffff;

    private final SequenceParameterSet[] spsById = new SequenceParameterSet[32];
    private final PictureParameterSet[] ppsById = new PictureParameterSet[256];
    private int rotationDegrees;
    private boolean isRestarted;
    private boolean isChanged;
    private SequenceParameterSet spsInForce;
    private List<PictureParameterSet> ppsInForce = List.of();
    private InitializationSegment active;

    /** False when the set is malformed. */
    boolean addSps(ByteBuffer data, NalUnitReader unit) {
        if (unit.size() > MAX_SIZE) {
            return false;
        }
        var sps = SequenceParameterSet.parse(data, unit.start(), unit.end());
        sps.ifPresent(set -> {
            forgetFormer();
            SequenceParameterSet known = spsById[set.id()];
            if (known == null || !known.nalUnit().hasSameRbsp(set.nalUnit())) {
                spsById[set.id()] = set;
                isChanged = true;
            }
        });
        return sps.isPresent();
    }

    /** False when the set is malformed. */
    boolean addPps(ByteBuffer data, NalUnitReader unit) {
        if (unit.size() > MAX_SIZE) {
            return false;
        }
        var pps = PictureParameterSet.parse(data, unit.start(), unit.end());
        pps.ifPresent(set -> {
            PictureParameterSet known = ppsById[set.id()];
            if (known == null || !known.nalUnit().hasSameRbsp(set.nalUnit())) {
                ppsById[set.id()] = set;
                isChanged = true;
            }
        });
        return pps.isPresent();
    }

    /** What comes next is of another encoder, if it begins with a sequence parameter set of its own. */
    void restart() {
        isRestarted = true;
    }

    private void forgetFormer() {
        if (isRestarted) {
            Arrays.fill(spsById, null);
            Arrays.fill(ppsById, null);
            isRestarted = false;
        }
    }

    /** How players are to turn the pictures, clockwise, from the next IDR picture on. */
    void rotate(int degrees) {
        isChanged |= degrees != rotationDegrees;
        rotationDegrees = degrees;
    }

    /** The sequence parameter set that a picture parameter set refers to, or null. */
    SequenceParameterSet spsOf(int ppsId) {
        PictureParameterSet pps = ppsById[ppsId];
        return pps == null ? null : spsById[pps.spsId()];
    }

    /**
     * Puts the sets in force that an IDR picture refers to.
     *
     * @return the same object for as long as their bytes are the same; null when one is missing
     */
    InitializationSegment activate(int ppsId) {
        SequenceParameterSet sps = spsOf(ppsId);
        if (sps == null) {
            return null;
        }
        if (isChanged || sps != spsInForce) {
            spsInForce = sps;
            ppsInForce = ppsOf(sps.id());
            InitializationSegment next = MovieHeader.of(BitstreamRestriction.addTo(sps), ppsInForce, rotationDegrees);
            active = next.equals(active) ? active : next;
            isChanged = false;
        }
        return active;
    }

    /** Whether the initialization segment holds a picture parameter set as it is now, and its sequence parameter set. */
    boolean isInForce(int ppsId) {
        PictureParameterSet pps = ppsById[ppsId];
        if (pps == null || !isPpsInForce(pps)) {
            return false;
        }
        SequenceParameterSet sps = spsById[pps.spsId()];
        return sps == spsInForce || sps.nalUnit().equals(spsInForce.nalUnit());
    }

    private boolean isPpsInForce(PictureParameterSet pps) {
        for (int i = 0; i < ppsInForce.size(); i++) {
            if (ppsInForce.get(i) == pps) { // nearly always, and cheaper than to compare records
                return true;
            }
        }
        return ppsInForce.contains(pps);
    }

    private List<PictureParameterSet> ppsOf(int spsId) {
        return Arrays.stream(ppsById)
                .filter(Objects::nonNull)
                .filter(pps -> pps.spsId() == spsId)
                .limit(255) // avcC counts them in 8 bits
                .toList();
    }
}
