package io.github.berrymse.hub;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Codec;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Packager;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The stream's packager, made anew when the codec bundle is replaced. Confined to the capture thread, but for {@link
 * #use}, {@link #forget} and the figures.
 */
final class Packing {
    private final Audience audience;
    private final StreamMeter meter;
    private final Consumer<Fragment> deliver = this::deliver;
    private final AtomicReference<Codec> codec = new AtomicReference<>();
    private Codec codecOfPackager;
    private int rotationDegrees;
    private volatile Packager packager;
    private volatile long framesIn;
    private volatile long framesPacked;
    private volatile long framesLost;

    Packing(Audience audience, StreamMeter meter) {
        this.audience = audience;
        this.meter = meter;
    }

    /** The codec from now on. From any thread. */
    void use(Codec newCodec) {
        codec.set(newCodec);
    }

    /** A codec's bundle goes; nothing happens if another has taken its place. From any thread. */
    void forget(Codec oldCodec) {
        codec.compareAndSet(oldCodec, null);
    }

    /** Makes a new packager if the codec is another now. @return whether it did */
    boolean renew() {
        Codec now = codec.get();
        if (now == codecOfPackager) {
            return false;
        }
        codecOfPackager = now;
        packager = now == null ? null : now.newPackager();
        if (packager != null) {
            packager.rotate(rotationDegrees);
        }
        audience.forgetPictures();
        audience.wantKeyFrame();
        return now != null;
    }

    /** The camera was opened anew. */
    void restart() {
        meter.restart();
        if (packager != null) {
            packager.restart();
        }
    }

    /** Players are to turn the pictures so far, clockwise, from the next key frame on, which is asked for. */
    void rotate(int degrees) {
        if (degrees != rotationDegrees) {
            rotationDegrees = degrees;
            if (packager != null) {
                packager.rotate(degrees);
            }
            audience.wantKeyFrame();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer, the capture thread
    void accept(AccessUnit unit) {
        framesIn = framesIn + 1;
        framesLost = framesLost + unit.lostBefore();
        if (packager == null) {
            return;
        }
        long undecodable = packager.undecodableAccessUnits();
        packager.write(unit, deliver);
        if (packager.undecodableAccessUnits() != undecodable) {
            audience.wantKeyFrame();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer, the capture thread
    private void deliver(Fragment fragment) {
        framesPacked = framesPacked + 1;
        meter.add(fragment);
        audience.offer(fragment);
    }

    boolean hasCodec() {
        return codec.get() != null;
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
        return now == null ? 0 : now.malformedNalUnits();
    }
}
