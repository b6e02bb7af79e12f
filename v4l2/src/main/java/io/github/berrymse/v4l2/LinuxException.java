package io.github.berrymse.v4l2;

import java.io.IOException;

/**
 * A call that Linux refused, as {@code VIDIOC_S_FMT /dev/video0: EBUSY (held by PID 812, motion)}: the call, the device
 * and the errno's name (errno(3)). Immutable.
 */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final Errno errno;
    private final int number;

    /**
     * Of a busy device it also finds out who holds it.
     *
     * @param number of the errno
     */
    public LinuxException(String call, String device, int number) {
        super(call + " " + device + ": " + Errno.name(number) + Errno.detail(number, device));
        this.call = call;
        this.number = number;
        this.errno = Errno.of(number);
    }

    /** The call that failed, such as {@code open} or {@code VIDIOC_S_FMT}. */
    public String call() {
        return call;
    }

    /** What Linux said; {@link Errno#OTHER} when nobody asks for it by name. */
    public Errno errno() {
        return errno;
    }

    /** The number of {@link #errno}. */
    public int number() {
        return number;
    }
}
