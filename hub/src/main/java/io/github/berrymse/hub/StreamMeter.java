package io.github.berrymse.hub;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import java.util.ArrayDeque;

/** Measures what a camera really delivers, over about the last two seconds. Thread-safe. */
final class StreamMeter {
    private static final long WINDOW_US = 2_000_000;
    private static final int MOST_MEASURED = 1000;

    private record Measured(long captureTimeUs, int bytes) {}

    private final ArrayDeque<Measured> window = new ArrayDeque<>();
    private long windowBytes;
    private long newestNs;
    private long lastSyncTicks = -1;
    private long keyFrameIntervalMs;
    private InitializationSegment init;

    synchronized void add(Fragment fragment) {
        long timeUs = fragment.captureTimeUs();
        int bytes = fragment.payload().remaining();
        if (!window.isEmpty() && timeUs < window.peekLast().captureTimeUs()) {
            restart();
        }
        window.add(new Measured(timeUs, bytes));
        windowBytes += bytes;
        while (timeUs - window.peek().captureTimeUs() > WINDOW_US || window.size() > MOST_MEASURED) {
            windowBytes -= window.poll().bytes();
        }
        newestNs = System.nanoTime();
        init = fragment.init();
        if (fragment.isSync()) {
            synced(fragment.decodeTimeTicks());
        }
    }

    /** In media time, as viewers see it: a camera that stood still in between has no longer interval. */
    private void synced(long ticks) {
        if (lastSyncTicks >= 0 && ticks > lastSyncTicks) {
            keyFrameIntervalMs = (ticks - lastSyncTicks) * 1000 / init.timescale();
        }
        lastSyncTicks = ticks;
    }

    /** The camera was opened anew: what was measured of the one before does not count. */
    synchronized void restart() {
        window.clear();
        windowBytes = 0;
        lastSyncTicks = -1;
    }

    /** Frames per second; 0 when nothing came for two seconds. */
    synchronized double framesPerSecond() {
        long spanUs = spanUs();
        return spanUs <= 0 ? 0 : (window.size() - 1) * 1e6 / spanUs;
    }

    /** Bits per second of H.264; 0 when nothing came for two seconds. */
    synchronized long bitrateBps() {
        long spanUs = spanUs();
        return spanUs <= 0 ? 0 : (windowBytes - window.peek().bytes()) * 8_000_000 / spanUs;
    }

    synchronized long keyFrameIntervalMs() {
        return keyFrameIntervalMs;
    }

    /** The newest initialization segment, or null before the first. */
    synchronized InitializationSegment init() {
        return init;
    }

    private long spanUs() {
        boolean isOld = System.nanoTime() - newestNs > WINDOW_US * 1000;
        return window.size() < 2 || isOld
                ? 0
                : window.peekLast().captureTimeUs() - window.peek().captureTimeUs();
    }
}
