package io.github.berrymse.v4l2;

/**
 * Counts the frames that were lost, from the driver's sequence numbers and from what was dropped here. Confined to
 * the capture thread.
 */
final class Losses {

    private boolean hasLast;
    private int lastSequence;
    private int dropped;

    /** This frame is left out. */
    void dropped() {
        if (hasLast) {
            dropped++;
        }
    }

    /** This frame is used: how many were lost between the one used before and it. */
    int before(Frame frame) {
        int gap = hasLast ? frame.sequence() - lastSequence - 1 : 0; // the numbers wrap, and some drivers begin anew
        int lost = Math.max(gap, dropped);
        hasLast = true;
        lastSequence = frame.sequence();
        dropped = 0;
        return lost;
    }
}
