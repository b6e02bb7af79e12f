package io.github.berrymse.codec.fmp4;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Packager;
import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.NalUnitType;
import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.SliceHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts each access unit into a sample of its own (ISO/IEC 14496-15 5.3.2) and that into a movie fragment: VCL NAL units go
 * in, parameter sets go to the initialization segment, delimiters, SEI and filler are left out. Confined to the capture
 * thread, but for the counters.
 */
final class Fmp4Packager implements Packager {
    private static final Logger LOG = LoggerFactory.getLogger(Fmp4Packager.class);

    private final ParameterSets parameterSets = new ParameterSets();
    private final IntFunction<SequenceParameterSet> spsOfPps = parameterSets::spsOf;
    private final IntPredicate isInForce = parameterSets::isInForce;
    private final CodedPicture picture = new CodedPicture();
    private final FrameNumbers frameNumbers = new FrameNumbers();
    private final Timeline timeline = new Timeline();
    private final AtomicLong malformedNalUnits = new AtomicLong();
    private final AtomicLong undecodableAccessUnits = new AtomicLong();
    private InitializationSegment init;
    private boolean isWaitingForSync = true;
    private boolean hasWarnedOfB;
    private boolean hasWarnedOfSets;
    private int lost;

    @Override
    public void write(AccessUnit unit, Consumer<Fragment> out) {
        lost += unit.lostBefore();
        readNalUnits(unit.data());
        if (picture.isEmpty()) {
            return;
        }
        isWaitingForSync = !isDecodable();
        lost = 0;
        if (isWaitingForSync) {
            undecodableAccessUnits.incrementAndGet();
            return;
        }
        frameNumbers.passed(picture.firstSlice());
        int durationTicks = timeline.advanceTo(unit.captureTimeUs());
        out.accept(new MovieFragment(
                init,
                picture.firstSlice().isIdr(),
                unit.captureTimeUs(),
                timeline.endTicks() - durationTicks,
                durationTicks,
                picture.toSample(unit.data())));
    }

    private void readNalUnits(ByteBuffer data) {
        picture.clear();
        var units = new NalUnitReader(data);
        int count = 0;
        while (units.next()) {
            count++;
            if (!take(data, units)) {
                malformedNalUnits.incrementAndGet();
            }
        }
        if (count == 0 && data.hasRemaining()) {
            malformedNalUnits.incrementAndGet();
        }
    }

    /** False for a NAL unit that is malformed. */
    private boolean take(ByteBuffer data, NalUnitReader unit) {
        int type = unit.type();
        if (unit.isForbidden() || !NalUnitType.isSpecified(type)) {
            return false;
        }
        if (NalUnitType.isVcl(type)) {
            return picture.add(data, unit, spsOfPps);
        }
        return switch (type) {
            case NalUnitType.SPS -> parameterSets.addSps(data, unit);
            case NalUnitType.PPS -> parameterSets.addPps(data, unit);
            default -> true;
        };
    }

    /** Whether every picture that this one refers to was packed, and its parameter sets are those that viewers have. */
    private boolean isDecodable() {
        SliceHeader slice = picture.firstSlice();
        if (slice == null || slice.firstMb() != 0) { // its beginning is lost
            return false;
        }
        if (slice.isIdr()) {
            return activate(slice.ppsId()) && picture.refersOnlyTo(isInForce);
        }
        if (isWaitingForSync) {
            return false;
        }
        warnOfB(slice);
        if (!picture.refersOnlyTo(isInForce)) {
            warnOfSets();
            return false;
        }
        return frameNumbers.isContinuous(slice, parameterSets.spsOf(slice.ppsId()), lost);
    }

    private boolean activate(int ppsId) {
        InitializationSegment active = parameterSets.activate(ppsId);
        if (active != null && active != init) {
            LOG.info("Pictures are {} x {}, {}", active.width(), active.height(), active.codec());
            init = active;
        }
        return active != null;
    }

    private void warnOfB(SliceHeader slice) {
        if (slice.isB() && !hasWarnedOfB) {
            hasWarnedOfB = true;
            LOG.warn(
                    "The encoder makes B pictures, which live players show out of order: turn them off in the encoder");
        }
    }

    private void warnOfSets() {
        if (!hasWarnedOfSets) {
            hasWarnedOfSets = true;
            LOG.warn("A picture needs parameter sets that came after its key frame: it is left out, and what follows,"
                    + " up to the next key frame");
        }
    }

    @Override
    public void restart() {
        isWaitingForSync = true;
        lost = 0;
        parameterSets.restart();
        timeline.restart();
    }

    @Override
    public void rotate(int degrees) {
        parameterSets.rotate(degrees);
    }

    @Override
    public long malformedNalUnits() {
        return malformedNalUnits.get();
    }

    @Override
    public long undecodableAccessUnits() {
        return undecodableAccessUnits.get();
    }
}
