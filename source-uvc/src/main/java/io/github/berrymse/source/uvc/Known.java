package io.github.berrymse.source.uvc;

import java.lang.ref.WeakReference;
import java.util.function.BooleanSupplier;

/**
 * The webcam that a stream has. Immutable.
 *
 * @param device the setting that led to it
 * @param life whether the stream has not ended
 * @param isLeft whether the stream looks elsewhere at the moment
 */
record Known(String device, Webcam webcam, BooleanSupplier life, boolean isLeft) {

    /** Of the stream whose capture thread calls this: it ends with that. */
    static Known ofThisStream(String device, Webcam webcam) {
        WeakReference<Thread> capture = new WeakReference<>(Thread.currentThread());
        return new Known(
                device,
                webcam,
                () -> {
                    Thread thread = capture.get();
                    return thread != null && thread.isAlive();
                },
                false);
    }

    boolean isStreamThere() {
        return life.getAsBoolean();
    }

    Known left(boolean nowIsLeft) {
        return new Known(device, webcam, life, nowIsLeft);
    }
}
