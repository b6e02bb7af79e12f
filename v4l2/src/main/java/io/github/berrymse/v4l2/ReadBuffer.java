package io.github.berrymse.v4l2;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.github.berrymse.libc.LibC;
import java.nio.ByteBuffer;

/**
 * Memory that is read into (read(2)), again and again: to look up its address each time would cost more than the call. The
 * file stays its opener's. Confined to one thread.
 */
public final class ReadBuffer {
    private final ByteBuffer bytes;
    private final Pointer address;

    /** @param size the most that is read at once, in bytes */
    public ReadBuffer(int size) {
        bytes = ByteBuffer.allocateDirect(size);
        address = Native.getDirectBufferPointer(bytes);
    }

    /**
     * Reads what is there. A call that a signal interrupted is made again.
     *
     * @return direct, from position 0 on, good until the next call; nothing remains in it at the end of the file
     * @throws LinuxException also {@link Errno#EAGAIN}, when the file was opened with {@link Linux#O_NONBLOCK} and has nothing
     */
    public ByteBuffer read(int fd) throws LinuxException {
        while (true) {
            int count = LibC.read(fd, address, bytes.capacity());
            if (count >= 0) {
                return bytes.clear().limit(count);
            }
            Linux.retryOrThrow("read", fd);
        }
    }
}
