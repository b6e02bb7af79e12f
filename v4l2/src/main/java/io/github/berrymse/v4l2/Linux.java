package io.github.berrymse.v4l2;

import com.sun.jna.Native;
import io.github.berrymse.libc.LibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Files as Linux has them: open(2), close(2). Calls that a signal interrupted are made again; failures
 * become a {@link LinuxException}. Thread-safe; a file descriptor belongs to whoever opened it.
 */
public final class Linux {

    public static final int O_RDONLY = 0;
    public static final int O_RDWR = 2;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;

    private static final int S_IFMT = 0170000;
    private static final int S_IFIFO = 0010000;

    private Linux() {}

    /**
     * Opens a file that is there.
     *
     * @param flags {@code O_} constants, or-ed
     * @return the file descriptor; close it with {@link #close}
     */
    public static int open(String path, int flags) throws LinuxException {
        while (true) {
            int fd = LibC.open(path, flags);
            if (fd >= 0) {
                return fd;
            }
            retryOrThrow("open", path);
        }
    }

    /** Whether there is a regular file or a FIFO of that name: something to read from that is no device. */
    public static boolean isFileOrPipe(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) || ((Integer) Files.getAttribute(path, "unix:mode") & S_IFMT) == S_IFIFO;
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Closes a file. Does not throw: the descriptor is gone in any case. */
    public static void close(int fd) {
        LibC.close(fd);
    }

    /** After a call that returned -1: returns when a signal interrupted it. */
    static void retryOrThrow(String call, int fd) throws LinuxException {
        if (Errno.of(Native.getLastError()) != Errno.EINTR) {
            throw new LinuxException(call, nameOf(fd), Native.getLastError());
        }
    }

    /** After a call that returned -1: returns when a signal interrupted it. */
    static void retryOrThrow(String call, String device) throws LinuxException {
        if (Errno.of(Native.getLastError()) != Errno.EINTR) {
            throw new LinuxException(call, device, Native.getLastError());
        }
    }

    private static String nameOf(int fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
        } catch (IOException ignored) {
            return "file descriptor " + fd;
        }
    }
}
