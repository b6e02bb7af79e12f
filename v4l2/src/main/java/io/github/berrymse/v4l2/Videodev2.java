package io.github.berrymse.v4l2;

import com.sun.jna.Native;

/**
 * The part of linux/videodev2.h that is used here: the structs' fields by their offsets, and the ioctls, whose numbers
 * follow from the structs' sizes. 32-bit programs are served with 64-bit times (Linux 5.6 and later). Immutable.
 */
final class Videodev2 {

    /** For the machine that this runs on. */
    static final Videodev2 HERE = new Videodev2(Native.POINTER_SIZE);

    static final int BUF_TYPE_VIDEO_CAPTURE = 1;
    static final int MEMORY_MMAP = 1;
    static final int FIELD_ANY = 0;

    static final int BUF_FLAG_ERROR = 0x40;
    static final int BUF_FLAG_TIMESTAMP_MASK = 0xe000;
    static final int BUF_FLAG_TIMESTAMP_MONOTONIC = 0x2000;

    static final int FMT_FLAG_COMPRESSED = 1;
    static final int RANGE_TYPE_DISCRETE = 1;
    static final int CAP_TIMEPERFRAME = 0x1000;
    static final int CTRL_FLAG_NEXT_CTRL = 0x80000000;
    static final int CTRL_FLAG_NEXT_COMPOUND = 0x40000000;

    final Capability capability;
    final FmtDesc fmtdesc;
    final Format format;
    final StreamParm streamparm;
    final RequestBuffers requestbuffers;
    final Buffer buffer;
    final QueryCtrl queryctrl;
    final QueryMenu querymenu;
    final Control control;
    final QueryExtCtrl queryextctrl;
    final ExtControl extcontrol;
    final ExtControls extcontrols;
    final FrameSizeEnum frmsizeenum;
    final FrameIntervalEnum frmivalenum;

    final Ioctl querycap;
    final Ioctl enumFmt;
    final Ioctl gFmt;
    final Ioctl sFmt;
    final Ioctl reqbufs;
    final Ioctl querybuf;
    final Ioctl qbuf;
    final Ioctl dqbuf;
    final Ioctl streamon;
    final Ioctl streamoff;
    final Ioctl gParm;
    final Ioctl sParm;
    final Ioctl gCtrl;
    final Ioctl sCtrl;
    final Ioctl queryCtrl;
    final Ioctl queryMenu;
    final Ioctl gExtCtrls;
    final Ioctl sExtCtrls;
    final Ioctl queryExtCtrl;
    final Ioctl enumFrameSizes;
    final Ioctl enumFrameIntervals;

    /** @param pointerSize 8 or 4 */
    Videodev2(int pointerSize) {
        capability = new Capability(pointerSize);
        fmtdesc = new FmtDesc(pointerSize);
        format = new Format(pointerSize);
        streamparm = new StreamParm(pointerSize);
        requestbuffers = new RequestBuffers(pointerSize);
        buffer = new Buffer(pointerSize);
        queryctrl = new QueryCtrl(pointerSize);
        querymenu = new QueryMenu(pointerSize);
        control = new Control(pointerSize);
        queryextctrl = new QueryExtCtrl(pointerSize);
        extcontrol = new ExtControl(pointerSize);
        extcontrols = new ExtControls(pointerSize);
        frmsizeenum = new FrameSizeEnum(pointerSize);
        frmivalenum = new FrameIntervalEnum(pointerSize);

        querycap = Ioctl.read("VIDIOC_QUERYCAP", 0, capability.size());
        enumFmt = Ioctl.readWrite("VIDIOC_ENUM_FMT", 2, fmtdesc.size());
        gFmt = Ioctl.readWrite("VIDIOC_G_FMT", 4, format.size());
        sFmt = Ioctl.readWrite("VIDIOC_S_FMT", 5, format.size());
        reqbufs = Ioctl.readWrite("VIDIOC_REQBUFS", 8, requestbuffers.size());
        querybuf = Ioctl.readWrite("VIDIOC_QUERYBUF", 9, buffer.size());
        qbuf = Ioctl.readWrite("VIDIOC_QBUF", 15, buffer.size());
        dqbuf = Ioctl.readWrite("VIDIOC_DQBUF", 17, buffer.size());
        streamon = Ioctl.write("VIDIOC_STREAMON", 18, 4);
        streamoff = Ioctl.write("VIDIOC_STREAMOFF", 19, 4);
        gParm = Ioctl.readWrite("VIDIOC_G_PARM", 21, streamparm.size());
        sParm = Ioctl.readWrite("VIDIOC_S_PARM", 22, streamparm.size());
        gCtrl = Ioctl.readWrite("VIDIOC_G_CTRL", 27, control.size());
        sCtrl = Ioctl.readWrite("VIDIOC_S_CTRL", 28, control.size());
        queryCtrl = Ioctl.readWrite("VIDIOC_QUERYCTRL", 36, queryctrl.size());
        queryMenu = Ioctl.readWrite("VIDIOC_QUERYMENU", 37, querymenu.size());
        gExtCtrls = Ioctl.readWrite("VIDIOC_G_EXT_CTRLS", 71, extcontrols.size());
        sExtCtrls = Ioctl.readWrite("VIDIOC_S_EXT_CTRLS", 72, extcontrols.size());
        queryExtCtrl = Ioctl.readWrite("VIDIOC_QUERY_EXT_CTRL", 103, queryextctrl.size());
        enumFrameSizes = Ioctl.readWrite("VIDIOC_ENUM_FRAMESIZES", 74, frmsizeenum.size());
        enumFrameIntervals = Ioctl.readWrite("VIDIOC_ENUM_FRAMEINTERVALS", 75, frmivalenum.size());
    }

    /** {@code struct v4l2_capability}. Immutable. */
    static final class Capability extends Struct {
        final int driver = text(16);
        final int card = text(32);
        final int busInfo = text(32);
        final int version = u32();
        final int capabilities = u32();
        final int deviceCaps = u32();
        final int reserved = u32(3);

        Capability(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_fmtdesc}. Immutable. */
    static final class FmtDesc extends Struct {
        final int index = u32();
        final int type = u32();
        final int flags = u32();
        final int description = text(32);
        final int pixelformat = u32();
        final int mbusCode = u32();
        final int reserved = u32(3);

        FmtDesc(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_format}, with the {@code v4l2_pix_format} of its union. Immutable. */
    static final class Format extends Struct {
        final int type = u32();
        final int pix = union(200);
        final int width = pix;
        final int height = pix + 4;
        final int pixelformat = pix + 8;
        final int field = pix + 12;
        final int sizeimage = pix + 20;

        Format(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_streamparm}, with the {@code v4l2_captureparm} of its union. Immutable. */
    static final class StreamParm extends Struct {
        final int type = u32();
        final int capture = u32(50);
        final int capability = capture;
        final int numerator = capture + 8;
        final int denominator = capture + 12;

        StreamParm(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_requestbuffers}. Immutable. */
    static final class RequestBuffers extends Struct {
        final int count = u32();
        final int type = u32();
        final int memory = u32();
        final int capabilities = u32();
        final int flagsAndReserved = u32();

        RequestBuffers(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_buffer}. Immutable. */
    static final class Buffer extends Struct {
        final int index = u32();
        final int type = u32();
        final int bytesused = u32();
        final int flags = u32();
        final int field = u32();
        final int seconds = s64();
        final int microseconds = s64();
        final int timecode = u32(4);
        final int sequence = u32();
        final int memory = u32();
        final int offset = pointer();
        final int length = u32();
        final int reserved2 = u32();
        final int requestFd = u32();

        Buffer(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_queryctrl}. Immutable. */
    static final class QueryCtrl extends Struct {
        final int id = u32();
        final int type = u32();
        final int name = text(32);
        final int minimum = u32();
        final int maximum = u32();
        final int step = u32();
        final int defaultValue = u32();
        final int flags = u32();
        final int reserved = u32(2);

        QueryCtrl(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_querymenu}, which is packed. Immutable. */
    static final class QueryMenu extends Struct {
        final int id = u32();
        final int index = u32();
        final int name = text(32);
        final int reserved = u32();

        QueryMenu(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_control}. Immutable. */
    static final class Control extends Struct {
        final int id = u32();
        final int value = u32();

        Control(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_query_ext_ctrl}. Immutable. */
    static final class QueryExtCtrl extends Struct {
        final int id = u32();
        final int type = u32();
        final int name = text(32);
        final int minimum = s64();
        final int maximum = s64();
        final int step = s64();
        final int defaultValue = s64();
        final int flags = u32();
        final int elemSize = u32();
        final int elems = u32();
        final int nrOfDims = u32();
        final int dims = u32(4);
        final int reserved = u32(32);

        QueryExtCtrl(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_ext_control}, which is packed. Immutable. */
    static final class ExtControl extends Struct {
        final int id = u32();
        final int sizeOfPointedTo = u32();
        final int reserved2 = u32();
        /** The union of a number of 32 bits, one of 64, and pointers. */
        final int value = u32(2);

        ExtControl(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_ext_controls}. Immutable. */
    static final class ExtControls extends Struct {
        final int which = u32();
        final int count = u32();
        final int errorIdx = u32();
        final int requestFd = u32();
        final int reserved = u32();
        final int controls = pointer();

        ExtControls(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_frmsizeenum}, with the {@code v4l2_frmsize_stepwise} of its union. Immutable. */
    static final class FrameSizeEnum extends Struct {
        final int index = u32();
        final int pixelFormat = u32();
        final int type = u32();
        final int minWidth = u32();
        final int maxWidth = u32();
        final int stepWidth = u32();
        final int minHeight = u32();
        final int maxHeight = u32();
        final int stepHeight = u32();
        final int reserved = u32(2);
        final int width = minWidth;
        final int height = maxWidth;

        FrameSizeEnum(int pointerSize) {
            super(pointerSize);
        }
    }

    /** {@code struct v4l2_frmivalenum}, with the {@code v4l2_frmival_stepwise} of its union. Immutable. */
    static final class FrameIntervalEnum extends Struct {
        final int index = u32();
        final int pixelFormat = u32();
        final int width = u32();
        final int height = u32();
        final int type = u32();
        final int min = u32(2);
        final int max = u32(2);
        final int step = u32(2);
        final int reserved = u32(2);

        FrameIntervalEnum(int pointerSize) {
            super(pointerSize);
        }
    }
}
