package io.github.berrymse.v4l2;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was set on a camera here: the value that each control and the frame rate had before, the camera's own, to which it
 * goes back when nobody asks for another; and the words of those that were set by name. Outlives a capture, since drivers keep their
 * controls when they are closed. Thread-safe.
 */
public final class Touched {

    private final Map<Integer, ControlValue> own = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();
    private FrameRate ownRate = FrameRate.UNKNOWN;

    /**
     * Sets a control and remembers its own value, if it has one that can be read. What has the value already is left alone:
     * while it streams, some drivers refuse even that.
     */
    public synchronized ControlValue set(Controls controls, Control control, ControlValue value) throws LinuxException {
        try {
            ControlValue now = controls.value(control);
            if (control.keepsItsValue() && now.equals(value)) {
                return now;
            }
            own.putIfAbsent(control.id(), now);
        } catch (LinuxException ignored) {
            // a button, or one that only takes
        }
        return controls.set(control, value);
    }

    /** The same with a number. */
    public long set(Controls controls, Control control, long value) throws LinuxException {
        return set(controls, control, ControlValue.of(value)).number();
    }

    /**
     * Sets a control back to its own value if another was set here; when that fails it is still to be done.
     *
     * @return its value
     */
    public synchronized ControlValue setBack(Controls controls, Control control) throws LinuxException {
        ControlValue value = own.get(control.id());
        ControlValue got = value == null ? controls.value(control) : controls.set(control, value);
        own.remove(control.id());
        return got;
    }

    /** Sets the frame rate, as {@link FrameSettings#setFrameRate} does, and remembers the camera's own. */
    public synchronized FrameRate setRate(FrameSettings frames, FrameRate rate) throws LinuxException {
        if (ownRate.equals(FrameRate.UNKNOWN)) {
            ownRate = frames.frameRate();
        }
        return frames.setFrameRate(rate);
    }

    /** Sets the frame rate back to the camera's own if another was set here; when that fails it is still to be done. */
    public synchronized void setRateBack(FrameSettings frames) throws LinuxException {
        if (!ownRate.equals(FrameRate.UNKNOWN)) {
            frames.setFrameRate(ownRate);
            ownRate = FrameRate.UNKNOWN;
        }
    }

    /** The names of the controls that were asked for by name the last time. */
    synchronized Set<String> names() {
        return Set.copyOf(words.keySet());
    }

    /** The words that a control was set by; null when it was not, or would not be. */
    synchronized String words(String name) {
        return words.get(name);
    }

    /** @param text what it was set to, or null when that failed */
    synchronized void named(String name, String text) {
        words.put(name, text);
    }

    synchronized void unnamed(String name) {
        words.remove(name);
    }
}
