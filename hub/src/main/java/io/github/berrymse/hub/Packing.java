package io.github.berrymse.hub;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Codec;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Packager;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream's packager, made anew when the codec bundle is replaced, or when it failed. Confined to the capture thread,
 * but for what says that any thread may, and the figures.
 */
@SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer, the capture thread
final class Packing {
    private static final Logger LOG = LoggerFactory.getLogger(Packing.class);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Audience audience;
    private final StreamMeter meter;
    private final Consumer<Fragment> deliver = this::deliver;
    private final AtomicReference<Codec> codec;
    private volatile Codec codecOfPackager;
    private int rotationDegrees;
    private long failedNs;
    private volatile String failure;
    private volatile boolean isAbandoned;
    private volatile Packager packager;
    private volatile long framesIn;
    private volatile long framesPacked;
    private volatile long framesLost;
    private volatile long malformedNalUnits;

    Packing(Audience audience, StreamMeter meter) {
        this.audience = audience;
        this.meter = meter;
        codec = new AtomicReference<>();
    }

    /** Goes on in the place of one that is abandoned. */
    Packing(Packing abandoned) {
        audience = abandoned.audience;
        meter = abandoned.meter;
        codec = abandoned.codec;
        framesIn = abandoned.framesIn;
        framesPacked = abandoned.framesPacked;
        framesLost = abandoned.framesLost();
        malformedNalUnits = abandoned.malformedNalUnits();
    }

    /** Delivers nothing any more, whatever its thread may still do. From any thread. */
    void abandon() {
        isAbandoned = true;
    }

    /** The codec from now on. From any thread. */
    void use(Codec newCodec) {
        codec.set(newCodec);
    }

    /** A codec's bundle goes; nothing happens if another has taken its place. From any thread. */
    void forget(Codec oldCodec) {
        codec.compareAndSet(oldCodec, null);
    }

    /** Makes a new packager if the codec is another now, or failed a second ago. @return whether it did */
    boolean renew() {
        Codec now = codec.get();
        boolean isTimeToRetry = failure != null && System.nanoTime() - failedNs > RETRY_NS;
        if (now == codecOfPackager && !isTimeToRetry) {
            return false;
        }
        boolean isRetry = now == codecOfPackager;
        codecOfPackager = now;
        dropPackager();
        failure = isRetry ? failure : null;
        try {
            if (now != null) {
                packager = now.newPackager();
                packager.rotate(rotationDegrees);
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        audience.forgetPictures();
        audience.wantKeyFrame();
        return packager != null;
    }

    /** Whether there is another codec than that of the newest picture. From any thread. */
    boolean isToBeRenewed() {
        return codec.get() != codecOfPackager;
    }

    private void dropPackager() {
        framesLost = framesLost();
        malformedNalUnits = malformedNalUnits();
        packager = null;
    }

    /** The codec broke its promise not to throw: another packager of it gets its chance in a second. */
    private void failed(Throwable cause) {
        packager = null; // what it has counted goes with it: it is not to be asked
        failedNs = System.nanoTime();
        if (failure == null) {
            LOG.warn("codec {} failed, and is tried again every second: {}", codecOfPackager.name(), cause.toString());
        }
        failure = "the codec " + codecOfPackager.name() + " failed with " + cause;
    }

    /** The camera was opened anew. */
    void restart() {
        meter.restart();
        tell(Packager::restart);
    }

    private void tell(Consumer<Packager> word) {
        try {
            if (packager != null) {
                word.accept(packager);
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Players are to turn the pictures so far, clockwise, from the next key frame on, which is asked for. */
    void rotate(int degrees) {
        if (degrees != rotationDegrees) {
            rotationDegrees = degrees;
            tell(now -> now.rotate(degrees));
            audience.wantKeyFrame();
        }
    }

    void accept(AccessUnit unit) {
        framesIn = framesIn + 1;
        framesLost = framesLost + unit.lostBefore();
        if (packager == null || isAbandoned) {
            return;
        }
        try {
            long undecodable = packager.undecodableAccessUnits();
            packager.write(unit, deliver);
            if (packager.undecodableAccessUnits() != undecodable) {
                audience.wantKeyFrame();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void deliver(Fragment fragment) {
        if (isAbandoned) {
            return;
        }
        failure = null;
        framesPacked = framesPacked + 1;
        meter.add(fragment);
        audience.offer(fragment);
    }

    /** Why nothing is packed, or null. */
    String trouble() {
        return codec.get() == null ? "no codec bundle is installed" : failure;
    }

    long framesIn() {
        return framesIn;
    }

    long framesPacked() {
        return framesPacked;
    }

    long framesLost() {
        Packager now = packager;
        return framesLost + (now == null ? 0 : now.undecodableAccessUnits());
    }

    long malformedNalUnits() {
        Packager now = packager;
        return malformedNalUnits + (now == null ? 0 : now.malformedNalUnits());
    }
}
