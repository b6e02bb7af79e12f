package io.github.berrymse.hub;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera of a picture each millisecond. */
final class TestSource implements VideoSource {
    final String name;
    volatile int rank;
    volatile String failure;
    volatile Error runtimeFailure;
    volatile boolean canApply;
    volatile boolean canMakeKeyFrames = true;
    volatile boolean mayBeSilent;
    volatile int silentWidth;
    volatile int rotationDegrees;
    volatile int refusedWidth;
    volatile Runnable whenAsked = () -> {};
    volatile Runnable whenOpened = () -> {};
    final AtomicInteger applied = new AtomicInteger();
    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger keyFrameRequests = new AtomicInteger();

    TestSource(String name, int rank) {
        this.name = name;
        this.rank = rank;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        whenAsked.run();
        return new Suitability(rank, "because");
    }

    @Override
    public Capture open(CameraSettings settings) throws CaptureException {
        attempts.incrementAndGet();
        if (failure != null || settings.width() == refusedWidth) {
            throw new CaptureException("" + failure);
        }
        opened.incrementAndGet();
        whenOpened.run();
        return new TestCapture(settings);
    }

    /** The camera, open. */
    private final class TestCapture implements Capture {
        private final CameraSettings settings;

        TestCapture(CameraSettings settings) {
            this.settings = settings;
        }

        @Override
        public CaptureFormat format() {
            return new CaptureFormat("device", "", 0, 0, 0, 0, rotationDegrees, "");
        }

        @Override
        public boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException {
            if (failure != null) {
                throw new CaptureException(failure);
            }
            if (runtimeFailure != null) {
                throw runtimeFailure;
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (settings.width() == silentWidth) {
                return false;
            }
            sink.accept(new AccessUnit(ByteBuffer.allocate(10), 0, 0));
            return true;
        }

        @Override
        public boolean apply(CameraSettings newSettings) {
            boolean isApplied = canApply;
            applied.addAndGet(isApplied ? 1 : 0);
            return isApplied;
        }

        @Override
        public boolean requestKeyFrame() {
            keyFrameRequests.incrementAndGet();
            return canMakeKeyFrames;
        }

        @Override
        public boolean mayBeSilent() {
            return mayBeSilent;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
