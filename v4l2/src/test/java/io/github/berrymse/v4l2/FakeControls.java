package io.github.berrymse.v4l2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Controls without a device, which notes what is set as {@code ID=VALUE}. Confined to the test's thread. */
public final class FakeControls implements Controls {
    private static final int MENU = 3;
    private static final int EBUSY = 16;

    private final Map<Integer, Control> controls = new TreeMap<>();
    private final Map<Integer, Map<Integer, String>> menus = new HashMap<>();
    private final Map<Integer, ControlValue> values = new HashMap<>();
    /** What was set, as {@code ID=VALUE}. */
    public final List<String> set = new ArrayList<>();
    /** The ids of those that it refuses. */
    public final Set<Integer> busy = new HashSet<>();

    public FakeControls with(int id, int type, String name, int maximum, int value) {
        controls.put(id, new Control(id, type, name, 0, maximum, 1, 0, 0));
        values.put(id, ControlValue.of(value));
        return this;
    }

    public FakeControls withMenu(int id, String name, int value, String... names) {
        Map<Integer, String> menu = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            menu.put(i, names[i]);
        }
        menus.put(id, menu);
        return with(id, MENU, name, names.length - 1, value);
    }

    @Override
    public Optional<Control> find(int id) {
        return Optional.ofNullable(controls.get(id));
    }

    @Override
    public List<Control> all() {
        return List.copyOf(controls.values());
    }

    @Override
    public Map<Integer, String> menu(Control control) {
        return menus.getOrDefault(control.id(), Map.of());
    }

    @Override
    public ControlValue value(Control control) {
        return values.get(control.id());
    }

    @Override
    public ControlValue set(Control control, ControlValue value) throws LinuxException {
        if (busy.contains(control.id())) {
            throw new LinuxException("VIDIOC_S_EXT_CTRLS", "/dev/fake", EBUSY);
        }
        set.add(control.id() + "=" + (value.text() == null ? value.number() : value.text()));
        values.put(control.id(), value);
        return value;
    }

    /** The number that a control has. */
    public long number(int id) {
        return values.get(id).number();
    }
}
