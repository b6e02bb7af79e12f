package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays a clip over and over in real time: each access unit at its own point of time after the first, so that neither
 * rounding nor late wake-ups add up, and with just that time as its capture time. Confined to the capture thread.
 */
final class ClipCapture implements Capture {
    private static final double DEFAULT_FRAMES_PER_SECOND = 30;
    private static final double MAX_FRAMES_PER_SECOND = 1000;
    private static final long FAR_BEHIND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Clip clip;
    private final CameraSettings asked;
    private final CaptureFormat format;
    private final double frameNs;
    private long startNs = System.nanoTime();
    private long played;

    ClipCapture(Clip clip, CameraSettings settings) {
        this.asked = settings;
        double framesPerSecond = framesPerSecond(clip, settings);
        this.clip = clip;
        this.frameNs = 1e9 / framesPerSecond;
        int width = clip.sps().width();
        int height = clip.sps().height();
        this.format = new CaptureFormat(
                clip.name(),
                clip.size() + " pictures, played over and over",
                width,
                height,
                framesPerSecond,
                (int) Math.min(Integer.MAX_VALUE, clip.bytes() * 8 * framesPerSecond / clip.size()),
                0,
                width == settings.width() && height == settings.height() ? "" : "a file keeps the size it has");
    }

    /** A clip has no encoder: nothing is to be done for settings of one, and it plays on. At another rate it begins anew. */
    @Override
    public boolean apply(CameraSettings settings) {
        return settings.withLiveOf(asked).equals(asked) && settings.framesPerSecond() == asked.framesPerSecond();
    }

    private static double framesPerSecond(Clip clip, CameraSettings settings) {
        double ofStream = clip.sps().vui().framesPerSecond();
        double chosen = settings.framesPerSecond() > 0 ? settings.framesPerSecond() : ofStream;
        return chosen > 0 && chosen <= MAX_FRAMES_PER_SECOND ? chosen : DEFAULT_FRAMES_PER_SECOND;
    }

    @Override
    public CaptureFormat format() {
        return format;
    }

    @Override
    public boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException {
        long dueNs = startNs + Math.round(played * frameNs);
        long behindNs = System.nanoTime() - dueNs;
        if (behindNs > FAR_BEHIND_NS) { // the machine slept: go on from now, do not catch up
            startNs += behindNs;
            dueNs += behindNs;
        } else if (!waitUntil(dueNs, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs))) {
            return false;
        }
        int index = (int) (played % clip.size());
        played++;
        sink.accept(new AccessUnit(clip.unit(index), TimeUnit.NANOSECONDS.toMicros(dueNs), 0));
        return true;
    }

    /** Whether it is due before the deadline, and nobody interrupted the wait. */
    private static boolean waitUntil(long dueNs, long deadlineNs) {
        long untilNs = dueNs - deadlineNs < 0 ? dueNs : deadlineNs;
        long leftNs = untilNs - System.nanoTime();
        while (leftNs > 0) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(leftNs);
            leftNs = untilNs - System.nanoTime();
        }
        return untilNs == dueNs;
    }

    @Override
    public void close() {
        clip.close();
    }
}
