package io.github.berrymse.v4l2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The controls of a device: what it has is asked of the driver, and only a {@link Control} that came from there is read or
 * set. Confined to the device's thread.
 */
public interface Controls {

    /** A control by its id, empty when the device has none such or it cannot be set. */
    Optional<Control> find(int id);

    /** All controls in order of their ids; also those that cannot be set. */
    List<Control> all();

    /** The values of a menu control and their names (VIDIOC_QUERYMENU), in order of the values. */
    Map<Integer, String> menu(Control control);

    /** A control's value. */
    ControlValue value(Control control) throws LinuxException;

    /**
     * Sets a control.
     *
     * @param value a text where the control holds one, else a number
     * @return what the driver made of it
     */
    ControlValue set(Control control, ControlValue value) throws LinuxException;

    /** Sets a control to a number. @return what the driver made of it */
    default long set(Control control, long value) throws LinuxException {
        return set(control, ControlValue.of(value)).number();
    }

    /** What a control is set to, in words; empty when it has no value that can be read. */
    default Optional<String> words(Control control) {
        try {
            return control.isButton() || !control.isOneValue()
                    ? Optional.empty()
                    : Optional.of(new ControlWords(control, menu(control)).of(value(control)));
        } catch (LinuxException e) {
            return Optional.empty();
        }
    }
}
