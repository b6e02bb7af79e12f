package io.github.berrymse.transport.hls;

import io.github.berrymse.api.InitializationSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes fragments and has them divided. Confined to the test's thread. */
final class TestCamera {
    static final Limits LIMITS = new Limits(340, 2, 10, 6, 16 << 20, 30_000);
    static final long FIRST_NUMBER = 1000;
    static final long START_MS = 1_800_000_000_000L;
    static final int PAYLOAD_BYTES = 100;

    private final Random random = new Random(1);
    private final Segmenter segmenter;
    private InitializationSegment init = TestFragment.INIT;
    private long endTicks;
    private long lateMs;
    private double jitter;
    private int payloadBytes = PAYLOAD_BYTES;

    /** What one fragment says of itself. */
    record Sample(int sequenceNumber, long decodeTimeTicks, int durationTicks) {
        static List<Sample> of(MediaSegment segment) {
            List<Sample> samples = new ArrayList<>();
            for (PartialSegment part : segment.parts()) {
                ByteBuffer bytes = ByteBuffer.wrap(part.bytes());
                while (bytes.hasRemaining()) {
                    samples.add(new Sample(bytes.getInt(), bytes.getLong(), bytes.getInt()));
                    bytes.position(bytes.position() + PAYLOAD_BYTES);
                }
            }
            return samples;
        }
    }

    TestCamera() {
        this(LIMITS, 0, 0);
    }

    /** @param groupS and frameS what is known of the stream when HLS begins */
    TestCamera(Limits limits, double groupS, double frameS) {
        segmenter = new Segmenter(
                limits,
                limits::windowBytes,
                Playlist.empty(limits, "token"),
                Pace.of(limits, groupS, frameS),
                groupS,
                FIRST_NUMBER);
    }

    /** One picture that lasts so long. */
    TestCamera picture(boolean isSync, double ms) {
        int ticks = (int) Math.round(ms * TestFragment.TIMESCALE / 1000);
        var fragment = new TestFragment(init, isSync, endTicks, ticks, payloadBytes);
        endTicks += ticks;
        segmenter.add(fragment, START_MS + lateMs + endTicks * 1000 / TestFragment.TIMESCALE);
        return this;
    }

    /** Groups of pictures, each of a sync sample and others. */
    TestCamera groups(int count, int frames, double framesPerSecond) {
        for (int i = 0; i < count * frames; i++) {
            double ms = 1000 / framesPerSecond;
            picture(i % frames == 0, ms * (1 + jitter * (2 * random.nextDouble() - 1)));
        }
        return this;
    }

    /** Pictures of which none is a sync sample. */
    TestCamera others(int count, double framesPerSecond) {
        for (int i = 0; i < count; i++) {
            picture(false, 1000 / framesPerSecond);
        }
        return this;
    }

    /** From now on, durations differ by so much from the mean. */
    TestCamera jitter(double share) {
        jitter = share;
        return this;
    }

    TestCamera init(InitializationSegment newInit) {
        init = newInit;
        return this;
    }

    TestCamera payload(int bytes) {
        payloadBytes = bytes;
        return this;
    }

    /** Pictures that do not arrive. */
    TestCamera lose(double ms) {
        endTicks += Math.round(ms * TestFragment.TIMESCALE / 1000);
        return this;
    }

    /** From now on, the clock says so much more. */
    TestCamera late(long ms) {
        lateMs = ms;
        return this;
    }

    Playlist playlist() {
        return segmenter.playlist();
    }

    List<MediaSegment> listed() {
        return playlist().listed();
    }

    List<Double> seconds() {
        return listed().stream()
                .map(segment -> Math.round(segment.seconds() * 1000) / 1000.0)
                .toList();
    }
}
