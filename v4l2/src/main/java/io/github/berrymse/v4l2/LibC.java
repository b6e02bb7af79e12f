package io.github.berrymse.v4l2;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * The C library's functions as they are: -1 is failure, and {@link Native#getLastError} the errno. A buffer is direct and
 * stands for its first byte, whatever its position. An {@code int} stands for every type of which only 32 bits matter:
 * libffi extends it to the register's width, and the kernel reads an ioctl's number as an unsigned int. Thread-safe.
 *
 * <p>They are called by name. Mapped to native methods they would cost less, some microseconds for each frame, but JNA
 * keeps such methods for ever, and with them this bundle after it was replaced.
 */
final class LibC {
    private static final Function OPEN = function("open");
    private static final Function CLOSE = function("close");
    private static final Function READ = function("read");
    private static final Function POLL = function("poll");
    private static final Function IOCTL = function("ioctl");
    private static final Function MMAP = function("mmap");
    private static final Function MUNMAP = function("munmap");

    private LibC() {}

    private static Function function(String name) {
        return NativeLibrary.getProcess().getFunction(name);
    }

    static int open(String path, int flags) {
        return OPEN.invokeInt(new Object[] {path, flags});
    }

    static int close(int fd) {
        return CLOSE.invokeInt(new Object[] {fd});
    }

    static int read(int fd, ByteBuffer into, int size) {
        return READ.invokeInt(new Object[] {fd, into, size});
    }

    static int poll(ByteBuffer pollfd, int count, int timeoutMs) {
        return POLL.invokeInt(new Object[] {pollfd, count, timeoutMs});
    }

    static int ioctl(int fd, int request, ByteBuffer argument) {
        return IOCTL.invokeInt(new Object[] {fd, request, argument});
    }

    static Pointer mmap(Pointer address, NativeLong length, int protection, int flags, int fd, NativeLong offset) {
        return MMAP.invokePointer(new Object[] {address, length, protection, flags, fd, offset});
    }

    static int munmap(Pointer address, NativeLong length) {
        return MUNMAP.invokeInt(new Object[] {address, length});
    }
}
