package io.github.berrymse.v4l2;

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
 * <p>They are native methods, as a call by name costs some 20 µs, and there are three for a frame.
 */
final class LibC {
    /** The key under which JNA keeps a class in what it keeps for that class by a weak reference. */
    private static final String ENCLOSING_LIBRARY = "enclosing-library";

    static {
        Native.register(LibC.class, NativeLibrary.getProcess());
        // else the class would be kept for ever, and with it this bundle after it was replaced
        Native.getLibraryOptions(LibC.class).remove(ENCLOSING_LIBRARY);
    }

    private LibC() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native int read(int fd, ByteBuffer into, int size);

    static native int poll(ByteBuffer pollfd, int count, int timeoutMs);

    static native int ioctl(int fd, int request, ByteBuffer argument);

    static native Pointer mmap(
            Pointer address, NativeLong length, int protection, int flags, int fd, NativeLong offset);

    static native int munmap(Pointer address, NativeLong length);
}
