package io.github.berrymse.v4l2;

/**
 * Who a device is and what it can do (VIDIOC_QUERYCAP). Immutable.
 *
 * @param driver the kernel driver's name
 * @param card the device's name, for the user
 * @param busInfo where it is connected
 * @param flags {@code V4L2_CAP_} bits of this device file
 */
public record Capability(String driver, String card, String busInfo, int flags) {

    private static final int VIDEO_CAPTURE = 0x1;
    private static final int VIDEO_CAPTURE_MPLANE = 0x1000;
    private static final int VIDEO_M2M_MPLANE = 0x4000;
    private static final int VIDEO_M2M = 0x8000;
    private static final int STREAMING = 0x4000000;

    /** Whether pictures can be captured, each in one piece of memory. */
    public boolean isCapture() {
        return (flags & VIDEO_CAPTURE) != 0;
    }

    /** Whether pictures can be captured, but only with several pieces of memory each. */
    public boolean isMultiPlanarCapture() {
        return (flags & VIDEO_CAPTURE_MPLANE) != 0;
    }

    /** Whether it is an encoder, decoder or converter, from memory to memory. */
    public boolean isMemoryToMemory() {
        return (flags & (VIDEO_M2M | VIDEO_M2M_MPLANE)) != 0;
    }

    /** Whether buffers can be queued and mapped. */
    public boolean isStreaming() {
        return (flags & STREAMING) != 0;
    }
}
