package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.LinuxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sets a device's controls by the names and values that a user writes. What cannot be set is said in words, with the
 * nearest that can. Confined to the capture thread.
 */
final class NamedControls {

    private final Controls controls;
    private final List<String> refusals;

    /** @param refusals takes a sentence for each control that could not be set */
    NamedControls(Controls controls, List<String> refusals) {
        this.controls = controls;
        this.refusals = refusals;
    }

    /** In the driver's order, in which "auto" comes before the values that it would overrule. */
    void set(Map<String, String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, String> left = new TreeMap<>(wanted);
        for (Control control : controls.all()) {
            String text = left.remove(control.key());
            if (text != null) {
                set(control, text);
            }
        }
        left.keySet().forEach(name -> refusals.add("it has no control " + name + " that takes one value"));
    }

    private void set(Control control, String text) {
        if (!control.isSettable()) {
            refusals.add(control.key() + " cannot be set: it "
                    + (control.isReadOnly() ? "is read-only" : "takes a text or a 64-bit number"));
            return;
        }
        Map<Integer, String> menu = controls.menu(control);
        ControlValue.parse(control, menu, text)
                .ifPresentOrElse(
                        value -> set(control, value, text),
                        () -> refusals.add(ControlValue.refusal(control, menu, text)));
    }

    private void set(Control control, int value, String text) {
        try {
            int got = controls.set(control.id(), value);
            if (got != value && !control.isButton()) {
                refusals.add(control.key() + " " + got + " instead of " + text);
            }
        } catch (LinuxException e) {
            refusals.add(control.key() + " could not be set to " + text + " (" + e.getMessage() + ")");
        }
    }
}
