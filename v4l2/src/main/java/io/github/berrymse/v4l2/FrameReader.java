package io.github.berrymse.v4l2;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that streams: hands each whole frame over, a view on the driver's memory, and queues its buffer again. Confined
 * to one thread.
 */
public final class FrameReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FrameReader.class);

    /** At 30 frames per second they bridge 250 ms in which the reader is held up, and cost no latency: it takes the oldest. */
    private static final int BUFFERS = 8;

    /** Takes frames. Confined to the reader's thread. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one frame.
         *
         * @param data borrowed: the driver's again when this returns
         * @param captureTimeUs of a monotonic clock
         * @param lostBefore how many frames were lost between the one before and this one
         */
        void accept(ByteBuffer data, long captureTimeUs, int lostBefore);
    }

    private final String device;
    private final FrameQueue queue;
    private final int bufferSize;
    private final Losses losses = new Losses();
    private boolean toldOfFullBuffer;

    private FrameReader(String device, FrameQueue queue, int bufferSize) {
        this.device = device;
        this.queue = queue;
        this.bufferSize = bufferSize;
    }

    /** Starts the stream of a device that is set to a format. The device stays open when this reader is closed. */
    public static FrameReader start(Device device, FrameFormat format) throws LinuxException {
        FrameQueue queue = device.newQueue(BUFFERS);
        boolean isStarted = false;
        try {
            queue.start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                queue.close();
            }
        }
        LOG.debug("{} streams {} into {} buffers", device.path(), format, queue.size());
        return new FrameReader(device.path(), queue, format.bufferSize());
    }

    /**
     * Waits for the next frame and hands it over.
     *
     * @param timeoutMs the longest wait in milliseconds
     * @return whether one was handed over; one that is damaged or cut off is not
     * @throws LinuxException when the device has failed or gone
     */
    public boolean read(Sink sink, int timeoutMs) throws LinuxException {
        Frame frame = queue.dequeue(timeoutMs);
        if (frame == null) {
            return false;
        }
        boolean isWhole = isWhole(frame);
        if (isWhole) {
            sink.accept(frame.data(), captureTimeUs(frame), losses.before(frame));
        } else {
            losses.dropped();
        }
        queue.requeue(frame);
        return isWhole;
    }

    /** A buffer that is full to the last byte holds a frame that was cut off, or an old one and leftovers. */
    private boolean isWhole(Frame frame) {
        int size = frame.data().remaining();
        if (size < bufferSize || bufferSize == 0) {
            return size > 0 && !frame.isError();
        }
        if (!toldOfFullBuffer) {
            toldOfFullBuffer = true;
            LOG.info("{}: left out a buffer of {} bytes, full and so not a whole frame", device, size);
        }
        return false;
    }

    private static long captureTimeUs(Frame frame) {
        return frame.isMonotonic() ? frame.timestampUs() : System.nanoTime() / 1000;
    }

    /** Stops the stream and frees its buffers. Does not throw. */
    @Override
    public void close() {
        queue.close();
    }
}
