package io.github.berrymse.v4l2;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.github.berrymse.libc.LibC;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * {@code struct pollfd}: waits for one file (poll(2)), again and again with the same struct. The file stays its opener's.
 * Confined to one thread.
 */
public final class PollFd {

    /** There is something to read: data, the end. */
    public static final int POLLIN = 1;

    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final Pointer address;
    private final ByteBuffer pollfd = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());

    /** @param events {@code POLL} bits to wait for */
    public PollFd(int fd, int events) {
        address = Native.getDirectBufferPointer(pollfd);
        pollfd.putInt(0, fd).putShort(EVENTS, (short) events);
    }

    /**
     * Waits until an event has come.
     *
     * @param timeoutMs the longest wait in milliseconds; 0 only looks
     * @return the events, also POLLERR and POLLHUP, or 0 when none came in time
     */
    public int await(int timeoutMs) throws LinuxException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        int leftMs = timeoutMs;
        while (true) {
            int count = LibC.poll(address, 1, leftMs);
            if (count >= 0) {
                return count == 0 ? 0 : pollfd.getShort(REVENTS);
            }
            Linux.retryOrThrow("poll", pollfd.getInt(0));
            leftMs = (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        }
    }
}
