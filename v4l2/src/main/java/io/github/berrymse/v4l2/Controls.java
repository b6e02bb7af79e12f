package io.github.berrymse.v4l2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The controls of a device. Confined to the device's thread. */
public interface Controls {

    /** A control by its id (VIDIOC_QUERYCTRL), empty when the device has none such or it cannot be set. */
    Optional<Control> find(int id);

    /** All controls that are one value each, in order of their ids; also those that cannot be set. */
    List<Control> all();

    /** The values of a menu control and their names (VIDIOC_QUERYMENU), in order of the values. */
    Map<Integer, String> menu(Control control);

    /** A control's value (VIDIOC_G_CTRL). */
    int value(int id) throws LinuxException;

    /**
     * Sets a control (VIDIOC_S_CTRL, which reaches every 32-bit control of every class).
     *
     * @return what the driver made of it
     */
    int set(int id, int value) throws LinuxException;
}
