package io.github.berrymse.v4l2;

import com.sun.jna.Pointer;
import io.github.berrymse.libc.LibC;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An open V4L2 video device: what it is and what it delivers. Every refusal is a {@link LinuxException}
 * that names the ioctl. Confined to one thread.
 */
public final class Device implements FrameSettings, AutoCloseable {

    private static final Videodev2 V4L2 = Videodev2.HERE;

    private final String path;
    private final int fd;
    private final ByteBuffer argument = Memory.zeroed(256);
    private final Capability capability;

    private Device(String path, int fd) throws LinuxException {
        this.path = path;
        this.fd = fd;
        this.capability = queryCapability();
    }

    /**
     * Opens a device file; with ioctls only, which do not disturb another program's capture until a format is set.
     *
     * @throws LinuxException from {@code open}; or from {@code VIDIOC_QUERYCAP}, when it is no video device
     */
    public static Device open(String path) throws LinuxException {
        int fd = Linux.open(path, Linux.O_RDWR | Linux.O_NONBLOCK | Linux.O_CLOEXEC);
        try {
            return new Device(path, fd);
        } catch (LinuxException | RuntimeException | Error e) {
            Linux.close(fd);
            throw e;
        }
    }

    /** The path that it was opened by. */
    public String path() {
        return path;
    }

    public Capability capability() {
        return capability;
    }

    /**
     * The formats that it captures in one piece of memory (VIDIOC_ENUM_FMT); none when it does not capture.
     *
     * @throws LinuxException with ENODEV, when it was unplugged: what is listed by then is not all
     */
    public List<PixelFormat> pixelFormats() throws LinuxException {
        List<PixelFormat> formats = new ArrayList<>();
        ByteBuffer a = argument();
        a.putInt(V4L2.fmtdesc.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        while (isThereOneMore(V4L2.enumFmt, a)) {
            formats.add(new PixelFormat(
                    PixelFormat.fourcc(a.getInt(V4L2.fmtdesc.pixelformat)),
                    text(a, V4L2.fmtdesc.description, 32),
                    (a.getInt(V4L2.fmtdesc.flags) & Videodev2.FMT_FLAG_COMPRESSED) != 0));
            a.putInt(V4L2.fmtdesc.index, a.getInt(V4L2.fmtdesc.index) + 1);
        }
        return formats;
    }

    /** The sizes that it offers in a format (VIDIOC_ENUM_FRAMESIZES), in the driver's order; none when it does not say. */
    public List<SizeRange> sizes(String fourcc) {
        List<SizeRange> sizes = new ArrayList<>();
        ByteBuffer a = argument();
        a.putInt(V4L2.frmsizeenum.pixelFormat, PixelFormat.code(fourcc));
        while (succeeds(V4L2.enumFrameSizes, a)) {
            sizes.add(sizeRange(a));
            a.putInt(V4L2.frmsizeenum.index, sizes.size());
        }
        return sizes;
    }

    /** The frame rates that it offers in a format and size (VIDIOC_ENUM_FRAMEINTERVALS); none when it does not say. */
    public List<RateRange> rates(String fourcc, FrameSize size) {
        List<RateRange> rates = new ArrayList<>();
        ByteBuffer a = argument();
        a.putInt(V4L2.frmivalenum.pixelFormat, PixelFormat.code(fourcc));
        a.putInt(V4L2.frmivalenum.width, size.width()).putInt(V4L2.frmivalenum.height, size.height());
        while (succeeds(V4L2.enumFrameIntervals, a)) {
            FrameRate fastest = rate(a, V4L2.frmivalenum.min);
            boolean isOne = a.getInt(V4L2.frmivalenum.type) == Videodev2.RANGE_TYPE_DISCRETE;
            rates.add(isOne ? RateRange.only(fastest) : new RateRange(rate(a, V4L2.frmivalenum.max), fastest));
            a.putInt(V4L2.frmivalenum.index, rates.size());
        }
        return rates;
    }

    @Override
    public FrameFormat format() throws LinuxException {
        ByteBuffer a = argument();
        a.putInt(V4L2.format.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        ioctl(V4L2.gFmt, a);
        return frameFormat(a);
    }

    @Override
    public FrameFormat setFormat(String fourcc, int width, int height) throws LinuxException {
        ByteBuffer a = argument();
        a.putInt(V4L2.format.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        a.putInt(V4L2.format.width, width).putInt(V4L2.format.height, height);
        a.putInt(V4L2.format.pixelformat, PixelFormat.code(fourcc)).putInt(V4L2.format.field, Videodev2.FIELD_ANY);
        ioctl(V4L2.sFmt, a);
        return frameFormat(a);
    }

    @Override
    public FrameRate frameRate() {
        ByteBuffer a = argument();
        a.putInt(V4L2.streamparm.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        return succeeds(V4L2.gParm, a) ? frameRate(a) : FrameRate.UNKNOWN;
    }

    @Override
    public FrameRate setFrameRate(FrameRate rate) throws LinuxException {
        ByteBuffer a = argument();
        a.putInt(V4L2.streamparm.type, Videodev2.BUF_TYPE_VIDEO_CAPTURE);
        a.putInt(V4L2.streamparm.numerator, rate.denominator());
        a.putInt(V4L2.streamparm.denominator, rate.numerator());
        ioctl(V4L2.sParm, a);
        return (a.getInt(V4L2.streamparm.capability) & Videodev2.CAP_TIMEPERFRAME) == 0
                ? FrameRate.UNKNOWN
                : frameRate(a);
    }

    /** An extension unit of a webcam, by its id in the USB descriptors. */
    public ExtensionUnit extensionUnit(int id) {
        return new XuControlQuery(this, id);
    }

    /** What can be set on it while it runs. */
    public Controls controls() {
        return new DeviceControls(this::ioctl);
    }

    /**
     * Maps buffers to capture into, as {@link #setFormat} asked for. The device stays open after them.
     *
     * @param count how many; the driver may give more or fewer
     */
    public FrameQueue newQueue(int count) throws LinuxException {
        return new FrameQueue(this, count);
    }

    /** Closes the device file; queues of it are closed before. Does not throw. */
    @Override
    public void close() {
        Linux.close(fd);
    }

    int fd() {
        return fd;
    }

    /** One ioctl, made again when a signal interrupted it. */
    void ioctl(Ioctl ioctl, ByteBuffer a) throws LinuxException {
        while (LibC.ioctl(fd, ioctl.number(), a) < 0) {
            Linux.retryOrThrow(ioctl.name(), path);
        }
    }

    /** The same for a struct that is used for each frame. */
    void ioctl(Ioctl ioctl, Pointer a) throws LinuxException {
        while (LibC.ioctl(fd, ioctl.number(), a) < 0) {
            Linux.retryOrThrow(ioctl.name(), path);
        }
    }

    /** One ioctl whose refusal is an answer. */
    boolean succeeds(Ioctl ioctl, ByteBuffer a) {
        return LibC.ioctl(fd, ioctl.number(), a) >= 0;
    }

    /** One ioctl of a list, which ends with a refusal, but not because the device has gone. */
    private boolean isThereOneMore(Ioctl ioctl, ByteBuffer a) throws LinuxException {
        try {
            ioctl(ioctl, a);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENODEV) {
                throw e;
            }
            return false;
        }
    }

    /** A zeroed argument, good until the next call. */
    ByteBuffer argument() {
        for (int i = 0; i < argument.capacity(); i += Long.BYTES) {
            argument.putLong(i, 0);
        }
        return argument;
    }

    private Capability queryCapability() throws LinuxException {
        ByteBuffer a = argument();
        ioctl(V4L2.querycap, a);
        int flags = a.getInt(V4L2.capability.capabilities);
        return new Capability(
                text(a, V4L2.capability.driver, 16),
                text(a, V4L2.capability.card, 32),
                text(a, V4L2.capability.busInfo, 32),
                flags < 0 ? a.getInt(V4L2.capability.deviceCaps) : flags); // bit 31: V4L2_CAP_DEVICE_CAPS
    }

    private static FrameFormat frameFormat(ByteBuffer a) {
        return new FrameFormat(
                PixelFormat.fourcc(a.getInt(V4L2.format.pixelformat)),
                a.getInt(V4L2.format.width),
                a.getInt(V4L2.format.height),
                a.getInt(V4L2.format.sizeimage));
    }

    private static SizeRange sizeRange(ByteBuffer a) {
        Videodev2.FrameSizeEnum at = V4L2.frmsizeenum;
        if (a.getInt(at.type) == Videodev2.RANGE_TYPE_DISCRETE) {
            return SizeRange.only(new FrameSize(a.getInt(at.width), a.getInt(at.height)));
        }
        return new SizeRange(
                new FrameSize(a.getInt(at.minWidth), a.getInt(at.minHeight)),
                new FrameSize(a.getInt(at.maxWidth), a.getInt(at.maxHeight)),
                Math.max(1, a.getInt(at.stepWidth)),
                Math.max(1, a.getInt(at.stepHeight)));
    }

    private static FrameRate frameRate(ByteBuffer a) {
        return rate(a, V4L2.streamparm.numerator);
    }

    /** The inverse of a {@code struct v4l2_fract}, seconds per frame. */
    private static FrameRate rate(ByteBuffer a, int offset) {
        return new FrameRate(a.getInt(offset + Integer.BYTES), a.getInt(offset));
    }

    static String text(ByteBuffer a, int offset, int size) {
        int end = offset;
        while (end < offset + size && a.get(end) != 0) {
            end++;
        }
        return StandardCharsets.UTF_8.decode(a.slice(offset, end - offset)).toString();
    }
}
