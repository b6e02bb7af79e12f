package io.github.berrymse.v4l2;

/** What a device delivers and how fast, to be set. Confined to the device's thread. */
public interface FrameSettings {

    /** What it is set to deliver (VIDIOC_G_FMT). */
    FrameFormat format() throws LinuxException;

    /**
     * Sets what it delivers (VIDIOC_S_FMT).
     *
     * @return what the driver made of it: the nearest that it can do, possibly another pixel format
     */
    FrameFormat setFormat(String fourcc, int width, int height) throws LinuxException;

    /** The frame rate that it is set to (VIDIOC_G_PARM); {@link FrameRate#UNKNOWN} when it does not tell. */
    FrameRate frameRate();

    /**
     * Sets the frame rate (VIDIOC_S_PARM).
     *
     * @return what the driver made of it; {@link FrameRate#UNKNOWN} when it has no say in that
     */
    FrameRate setFrameRate(FrameRate rate) throws LinuxException;
}
