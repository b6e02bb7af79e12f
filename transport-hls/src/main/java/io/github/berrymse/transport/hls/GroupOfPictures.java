package io.github.berrymse.transport.hls;

import io.github.berrymse.api.Fragment;

/** How long the pictures since the last sync sample last. Guarded by its owner. */
final class GroupOfPictures {
    private long ticks;
    private int frames;

    void add(Fragment fragment) {
        ticks += fragment.durationTicks();
        frames++;
    }

    void clear() {
        ticks = 0;
        frames = 0;
    }

    double seconds(int timescale) {
        return (double) ticks / timescale;
    }

    /** Mean seconds of one picture, 0 when there is none. */
    double frameSeconds(int timescale) {
        return frames == 0 ? 0 : seconds(timescale) / frames;
    }
}
