package io.github.berrymse.v4l2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Controls without a device, which notes what is set as {@code ID=VALUE}. Confined to the test's thread. */
public final class FakeControls implements Controls {
    private static final int MENU = 3;
    private static final int EBUSY = 16;

    private final Map<Integer, Control> controls = new TreeMap<>();
    private final Map<Integer, Map<Integer, String>> menus = new HashMap<>();
    private final Map<Integer, Integer> values = new HashMap<>();
    /** What was set, as {@code ID=VALUE}. */
    public final List<String> set = new ArrayList<>();
    /** Whether it refuses. */
    public boolean isBusy;

    public FakeControls with(int id, int type, String name, int maximum, int value) {
        controls.put(id, new Control(id, type, name, 0, maximum, 1, value, 0));
        values.put(id, value);
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
    public int value(int id) {
        return values.get(id);
    }

    @Override
    public int set(int id, int value) throws LinuxException {
        if (isBusy) {
            throw new LinuxException("VIDIOC_S_CTRL", "/dev/fake", EBUSY);
        }
        set.add(id + "=" + value);
        values.put(id, value);
        return value;
    }
}
