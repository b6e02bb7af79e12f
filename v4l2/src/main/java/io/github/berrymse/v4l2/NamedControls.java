package io.github.berrymse.v4l2;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sets a device's controls by the names and values that a user writes, and back what the user no longer names. What
 * cannot be set is said in words, with the nearest that can. Confined to the capture thread.
 */
public final class NamedControls {

    private final Controls controls;
    private final Touched touched;
    private final List<String> refusals;
    private final Set<String> busy = new HashSet<>();
    private List<Control> all = List.of();
    private Map<String, String> wanted = Map.of();

    /**
     * Takes what was set on the device before.
     *
     * @param refusals takes a sentence for each control that could not be set
     */
    public NamedControls(Controls controls, Touched touched, List<String> refusals) {
        this.controls = controls;
        this.touched = touched;
        this.refusals = refusals;
    }

    /**
     * In the driver's order, in which "auto" comes before the values that it would overrule; what goes back goes in the
     * opposite order, before.
     */
    public void set(Map<String, String> newlyWanted) {
        wanted = newlyWanted;
        Set<String> named = touched.names();
        if (wanted.isEmpty() && named.isEmpty()) {
            return;
        }
        all = controls.all();
        for (int i = all.size() - 1; i >= 0; i--) {
            String name = all.get(i).key();
            if (named.contains(name) && !wanted.containsKey(name)) {
                setBack(all.get(i));
            }
        }
        Map<String, String> left = new TreeMap<>(wanted);
        for (Control control : all) {
            String text = left.remove(control.key());
            if (text != null) {
                set(control, text);
            }
        }
        left.keySet().forEach(name -> refusals.add("it has no control " + name));
    }

    /**
     * Whether it takes a device that does not stream to set a control (EBUSY).
     *
     * @param was the names and values that were wanted before: what was refused then as well does not count
     */
    public boolean needsRestart(Map<String, String> was) {
        return busy.stream().anyMatch(name -> !Objects.equals(wanted.get(name), was.get(name)));
    }

    /** What the controls that are wanted are set to, in words and in the driver's order; read back from it. */
    public Map<String, String> inForce() {
        Map<String, String> inForce = new LinkedHashMap<>();
        for (Control control : all) {
            if (wanted.containsKey(control.key())) {
                controls.words(control).ifPresent(words -> inForce.putIfAbsent(control.key(), words));
            }
        }
        return inForce;
    }

    private void setBack(Control control) {
        try {
            if (!control.isButton()) {
                touched.setBack(controls, control);
            }
            touched.unnamed(control.key());
        } catch (LinuxException e) {
            refused(control, e);
            refusals.add(control.key() + " could not be set back (" + e.getMessage() + ")");
        }
    }

    private void set(Control control, String text) {
        if (!control.isSettable()) {
            refusals.add(control.key() + " cannot be set: it "
                    + (control.isReadOnly() ? "is read-only" : "is an array or a struct, and not one value"));
            return;
        }
        if (control.isButton() && text.equals(touched.words(control.key()))) {
            return; // pressed already
        }
        ControlWords words = new ControlWords(control, controls.menu(control));
        boolean isSet = words.parse(text)
                .map(value -> isSet(control, words, value, text))
                .orElseGet(() -> {
                    refusals.add(words.refusal(text));
                    return false;
                });
        touched.named(control.key(), isSet ? text : null);
    }

    private boolean isSet(Control control, ControlWords words, ControlValue value, String text) {
        try {
            ControlValue got = touched.set(controls, control, value);
            if (!got.equals(value) && !control.isButton()) {
                refusals.add(control.key() + " " + words.of(got) + " instead of " + text);
            }
            return true;
        } catch (LinuxException e) {
            refused(control, e);
            refusals.add(control.key() + " could not be set to " + text + " (" + e.getMessage() + ")");
            return false;
        }
    }

    private void refused(Control control, LinuxException e) {
        if (e.errno() == Errno.EBUSY) {
            busy.add(control.key());
        }
    }
}
