package io.github.berrymse.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * The C library's functions as they are: -1 is failure, and {@link Native#getLastError} the errno. A buffer is direct and
 * stands for its bytes from its position on. An {@code int} stands for every type of which only 32 bits matter: libffi
 * extends it to the register's width, and the kernel reads an ioctl's number as an unsigned int. Thread-safe.
 *
 * <p>They are native methods, as a call by name costs tens of microseconds on a processor that was idle, and there are three
 * for each frame. JNA keeps a class with such methods for ever; it is a bundle of its own, so that nothing else is kept with
 * it when the bundles that use it are replaced.
 */
public final class LibC {
    static {
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    /** open(2). @param flags {@code O_} constants, or-ed @return the file descriptor */
    public static native int open(String path, int flags);

    /** close(2). */
    public static native int close(int fd);

    /** read(2). @return how many bytes were read, 0 at the end */
    public static native int read(int fd, Pointer into, int size);

    /** poll(2). @param pollfd an array of {@code struct pollfd} @return how many of them have events */
    public static native int poll(Pointer pollfd, int count, int timeoutMs);

    /** ioctl(2). @param argument a struct, as the request has it */
    public static native int ioctl(int fd, int request, ByteBuffer argument);

    /** ioctl(2), for a struct that is used again and again: JNA takes its time to find the address of a buffer. */
    public static native int ioctl(int fd, int request, Pointer argument);

    /** mmap(2). @return the address; all bits of a failure's are 1 */
    public static native Pointer mmap(
            Pointer address, NativeLong length, int protection, int flags, int fd, NativeLong offset);

    /** munmap(2). */
    public static native int munmap(Pointer address, NativeLong length);

    /** madvise(2). @param address of a page @param advice an {@code MADV_} constant */
    public static native int madvise(Pointer address, NativeLong length, int advice);
}
