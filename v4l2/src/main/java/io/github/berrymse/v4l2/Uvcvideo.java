package io.github.berrymse.v4l2;

import com.sun.jna.Native;

/** The part of linux/uvcvideo.h that is used here, as {@link Videodev2} is of its header. Immutable. */
final class Uvcvideo {

    /** For the machine that this runs on. */
    static final Uvcvideo HERE = new Uvcvideo(Native.POINTER_SIZE);

    final Query query;
    final Ioctl ctrlQuery;

    /** @param pointerSize 8 or 4 */
    Uvcvideo(int pointerSize) {
        query = new Query(pointerSize);
        ctrlQuery = Ioctl.readWrite("UVCIOC_CTRL_QUERY", 'u', 0x21, query.size());
    }

    /** {@code struct uvc_xu_control_query}. Immutable. */
    static final class Query extends Struct {
        final int unit = u8();
        final int selector = u8();
        final int query = u8();
        final int size = u16();
        final int data = pointer();

        Query(int pointerSize) {
            super(pointerSize);
        }
    }
}
