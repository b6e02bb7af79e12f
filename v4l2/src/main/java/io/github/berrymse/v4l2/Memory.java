package io.github.berrymse.v4l2;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that the kernel reads and writes. Thread-safe. */
final class Memory {

    private Memory() {}

    /** Direct, in the machine's byte order, all bytes 0. */
    static ByteBuffer zeroed(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /**
     * Writes a pointer into a struct. The kernel has no more than that address then: keep the buffer reachable until the
     * call is over.
     *
     * @param to direct
     */
    static void putAddress(ByteBuffer struct, int offset, ByteBuffer to) {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(to));
        if (Native.POINTER_SIZE == Long.BYTES) {
            struct.putLong(offset, address);
        } else {
            struct.putInt(offset, (int) address);
        }
    }
}
