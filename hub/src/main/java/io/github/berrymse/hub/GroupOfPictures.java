package io.github.berrymse.hub;

import io.github.berrymse.api.Fragment;
import java.util.ArrayList;
import java.util.List;

/**
 * The fragments since the last sync sample: what a viewer who joins must decode to see the newest picture. Bounded: a
 * camera that sends hardly any sync samples gets no cache, and its viewers wait for the next. Guarded by its owner.
 */
final class GroupOfPictures {
    private final long maxBytes;
    private final List<Fragment> fragments = new ArrayList<>();
    private long bytes;

    GroupOfPictures(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Fragment fragment) {
        if (fragment.isSync()) {
            clear();
        } else if (fragments.isEmpty()) {
            return;
        }
        fragments.add(fragment);
        bytes += fragment.payload().remaining();
        if (bytes > maxBytes) {
            clear();
        }
    }

    void clear() {
        fragments.clear();
        bytes = 0;
    }

    /** From the sync sample to the newest; empty when a viewer has to wait for the next sync sample. */
    List<Fragment> fragments() {
        return List.copyOf(fragments);
    }
}
