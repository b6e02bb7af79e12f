package io.github.berrymse.hub;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A fragment of 3000 ticks whose payload says its number. Immutable. */
record TestFragment(InitializationSegment init, int number, boolean isSync, int payloadBytes) implements Fragment {
    static final int DURATION_TICKS = 3000;

    static InitializationSegment init(String bytes) {
        return new InitializationSegment(ByteBuffer.wrap(bytes.getBytes()), "avc1.42C01F", 1280, 720, 90000);
    }

    private static final InitializationSegment INIT = init("init");

    static TestFragment key(int number) {
        return new TestFragment(INIT, number, true, 100);
    }

    static TestFragment delta(int number) {
        return new TestFragment(INIT, number, false, 100);
    }

    /** Fragments from one number to before another, a sync sample at each multiple of ten. */
    static List<Fragment> from(int first, int end) {
        List<Fragment> fragments = new ArrayList<>();
        for (int number = first; number < end; number++) {
            fragments.add(number % 10 == 0 ? key(number) : delta(number));
        }
        return fragments;
    }

    @Override
    public long captureTimeUs() {
        return number * 1_000_000L / 30;
    }

    @Override
    public long decodeTimeTicks() {
        return (long) number * DURATION_TICKS;
    }

    @Override
    public int durationTicks() {
        return DURATION_TICKS;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.allocate(payloadBytes).asReadOnlyBuffer();
    }

    @Override
    public int headerSize() {
        return 16;
    }

    @Override
    public void putHeader(ByteBuffer to, int sequenceNumber, long decodeTimeTicks, int durationTicks) {
        to.putInt(sequenceNumber).putLong(decodeTimeTicks).putInt(durationTicks);
    }
}
