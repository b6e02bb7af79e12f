package io.github.berrymse.v4l2;

import java.util.Locale;

/**
 * The requests that an extension unit of a webcam answers: what its maker, or a payload specification, added to USB Video
 * Class (UVC 1.1, 4.2.2.4). Each of its controls has a selector, 1 or more, and a value of some bytes, little-endian.
 * Confined to the device's thread.
 */
public interface ExtensionUnit {

    /** A request that reads a value (UVC 1.1, A.8). */
    enum Get {
        CUR(0x81),
        MIN(0x82),
        MAX(0x83),
        RES(0x84),
        LEN(0x85),
        INFO(0x86),
        DEF(0x87);

        final int code;

        Get(int code) {
            this.code = code;
        }

        /** As the specification has it. */
        @Override
        public String toString() {
            return "GET_" + name().toUpperCase(Locale.ROOT);
        }
    }

    /**
     * Reads a value of a control. Its length is asked for first.
     *
     * @throws LinuxException when the unit has no such control, refuses, does not answer, or is gone
     */
    byte[] get(Get request, int selector) throws LinuxException;

    /**
     * Sets a control (SET_CUR). Its length is asked for first, as the driver takes no other: a longer value is cut off, and to a
     * shorter one zeros are added. Throws as {@link #get} does.
     */
    void set(int selector, byte[] value) throws LinuxException;
}
