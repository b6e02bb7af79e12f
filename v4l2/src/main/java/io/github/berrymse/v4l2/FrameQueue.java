package io.github.berrymse.v4l2;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.github.berrymse.libc.LibC;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Streaming I/O with mapped buffers (V4L2 "Streaming I/O (Memory Mapping)"): the driver fills buffers that it has, the
 * reader dequeues each and queues it again. Confined to one thread.
 */
final class FrameQueue implements AutoCloseable {

    private static final Videodev2 V4L2 = Videodev2.HERE;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final int MAP_FAILED = -1;

    private final Device device;
    private final PollFd pollFd;
    private final ByteBuffer buffer;
    private final Pointer bufferAddress;
    private final List<Mapping> mappings = new ArrayList<>();
    private boolean isOn;

    /** One buffer of the driver's, mapped. */
    private record Mapping(Pointer address, int length, ByteBuffer view) {}

    FrameQueue(Device device, int count) throws LinuxException {
        this.device = device;
        this.pollFd = new PollFd(device.fd(), PollFd.POLLIN);
        this.buffer = Memory.zeroed(V4L2.buffer.size());
        this.bufferAddress = Native.getDirectBufferPointer(buffer);
        buffer.putInt(V4L2.buffer.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        buffer.putInt(V4L2.buffer.memory, Videodev2.MEMORY_MMAP);
        int granted = request(count);
        try {
            for (int index = 0; index < granted; index++) {
                mappings.add(map(index));
            }
        } catch (LinuxException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** How many buffers the driver gave. */
    public int size() {
        return mappings.size();
    }

    /** Queues all buffers and starts the stream (VIDIOC_STREAMON). */
    public void start() throws LinuxException {
        for (int index = 0; index < mappings.size(); index++) {
            requeue(index);
        }
        device.ioctl(V4L2.streamon, type());
        isOn = true;
    }

    /**
     * Waits for the next frame and takes it out of the queue; give it back with {@link #requeue}.
     *
     * @param timeoutMs the longest wait in milliseconds
     * @return the frame, or null when none came in time
     * @throws LinuxException {@link Errno#ENODEV} when the device has been unplugged, {@link Errno#EIO} when it failed
     */
    public Frame dequeue(int timeoutMs) throws LinuxException {
        int events = pollFd.await(timeoutMs);
        if (events == 0) {
            return null;
        }
        try {
            device.ioctl(V4L2.dqbuf, bufferAddress);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EAGAIN && (events & ~PollFd.POLLIN) == 0) {
                return null;
            }
            throw e;
        }
        return frame();
    }

    /** Gives a frame's buffer back to the driver (VIDIOC_QBUF); its bytes are no longer the caller's. */
    public void requeue(Frame frame) throws LinuxException {
        requeue(frame.index());
    }

    /** Stops the stream and frees the buffers; no frame's bytes may be touched afterwards. Does not throw. */
    @Override
    public void close() {
        try {
            if (isOn) {
                device.ioctl(V4L2.streamoff, type());
            }
            unmap();
            request(0);
        } catch (LinuxException ignored) {
            unmap(); // the device is gone, and its buffers with it
        }
    }

    private void unmap() {
        mappings.forEach(m -> LibC.munmap(m.address, new NativeLong(m.length)));
        mappings.clear();
    }

    private int request(int count) throws LinuxException {
        ByteBuffer a = Memory.zeroed(V4L2.requestbuffers.size());
        a.putInt(V4L2.requestbuffers.count, count);
        a.putInt(V4L2.requestbuffers.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        a.putInt(V4L2.requestbuffers.memory, Videodev2.MEMORY_MMAP);
        device.ioctl(V4L2.reqbufs, a);
        return a.getInt(V4L2.requestbuffers.count);
    }

    private Mapping map(int index) throws LinuxException {
        buffer.putInt(V4L2.buffer.index, index);
        device.ioctl(V4L2.querybuf, buffer);
        int length = buffer.getInt(V4L2.buffer.length);
        NativeLong offset = new NativeLong(buffer.getInt(V4L2.buffer.offset), true);
        while (true) {
            Pointer address =
                    LibC.mmap(null, new NativeLong(length), PROT_READ | PROT_WRITE, MAP_SHARED, device.fd(), offset);
            if ((int) Pointer.nativeValue(address) != MAP_FAILED) {
                return new Mapping(address, length, address.getByteBuffer(0, length));
            }
            Linux.retryOrThrow("mmap", device.path());
        }
    }

    private void requeue(int index) throws LinuxException {
        buffer.putInt(V4L2.buffer.index, index);
        device.ioctl(V4L2.qbuf, bufferAddress);
    }

    private Frame frame() {
        int index = buffer.getInt(V4L2.buffer.index);
        int flags = buffer.getInt(V4L2.buffer.flags);
        Mapping mapping = mappings.get(index);
        ByteBuffer data = mapping.view.clear().limit(Math.min(buffer.getInt(V4L2.buffer.bytesused), mapping.length));
        return new Frame(
                index,
                data,
                buffer.getInt(V4L2.buffer.sequence),
                buffer.getLong(V4L2.buffer.seconds) * 1_000_000 + buffer.getLong(V4L2.buffer.microseconds),
                (flags & Videodev2.BUF_FLAG_TIMESTAMP_MASK) == Videodev2.BUF_FLAG_TIMESTAMP_MONOTONIC,
                (flags & Videodev2.BUF_FLAG_ERROR) != 0);
    }

    private static ByteBuffer type() {
        return Memory.zeroed(Integer.BYTES).putInt(0, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
    }
}
