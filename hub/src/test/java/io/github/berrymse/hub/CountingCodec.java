package io.github.berrymse.hub;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Codec;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Packager;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts its packagers, which make key frames. */
class CountingCodec implements Codec {
    final AtomicInteger packagers = new AtomicInteger();
    volatile int rotationDegrees;

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Packager newPackager() {
        packagers.incrementAndGet();
        return new Packager() {
            private int number;

            @Override
            public void write(AccessUnit unit, Consumer<Fragment> out) {
                pack(out, number++);
            }

            @Override
            public void restart() {}

            @Override
            public void rotate(int degrees) {
                rotationDegrees = degrees;
            }

            @Override
            public long malformedNalUnits() {
                return 0;
            }

            @Override
            public long undecodableAccessUnits() {
                return 0;
            }
        };
    }

    void pack(Consumer<Fragment> out, int number) {
        out.accept(TestFragment.key(number));
    }
}
