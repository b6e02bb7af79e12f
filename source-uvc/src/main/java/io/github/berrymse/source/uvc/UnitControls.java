package io.github.berrymse.source.uvc;

import io.github.berrymse.source.uvc.H264Unit.Selector;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.ControlValue;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.ExtensionUnit;
import io.github.berrymse.v4l2.ExtensionUnit.Get;
import io.github.berrymse.v4l2.LinuxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A webcam's controls, and beside them those of its H.264 extension unit that V4L2 has names for: {@code
 * video_bitrate_mode}, {@code h264_minimum_qp_value} and {@code h264_maximum_qp_value} (UVC H.264 1.0, 3.3.3 and 3.3.15).
 * Confined to the capture thread.
 */
final class UnitControls implements Controls {

    private static final int BITRATE_MODE = 0x9909ce;
    private static final int MIN_QP = 0x990a61;
    private static final int MAX_QP = 0x990a62;
    private static final int TYPE_INTEGER = 1;
    private static final int TYPE_MENU = 3;
    private static final int LARGEST_QP = 51;

    /** By the menu's values, which are not those of bRateControlMode. */
    private static final Map<Integer, String> MODES =
            new TreeMap<>(Map.of(0, "Variable Bitrate", 1, "Constant Bitrate"));

    private static final int[] MODE_OF_MENU = {2, 1};

    private static final int MODE_AT = 2;
    private static final int FRAME_TYPE_AT = 2;
    private static final int MIN_QP_AT = 3;
    private static final int MAX_QP_AT = 4;
    private static final byte[] ALL_FRAMES = {7};
    private static final byte[] I_THEN_P_FRAMES = {1, 2};

    private final Controls device;
    private final ExtensionUnit unit;
    private final Map<Integer, Control> own = new TreeMap<>();

    /** @param selectors the controls that the unit has */
    UnitControls(Controls device, ExtensionUnit unit, H264Unit selectors) {
        this.device = device;
        this.unit = unit;
        if (selectors.has(Selector.RATE_CONTROL_MODE)) {
            add(BITRATE_MODE, TYPE_MENU, "Video Bitrate Mode", 1);
        }
        if (selectors.has(Selector.QP_STEPS_LAYERS)) {
            add(MIN_QP, TYPE_INTEGER, "H264 Minimum QP Value", LARGEST_QP);
            add(MAX_QP, TYPE_INTEGER, "H264 Maximum QP Value", LARGEST_QP);
        }
    }

    private void add(int id, int type, String name, int maximum) {
        own.put(id, new Control(id, type, name, 0, maximum, 1, 0, 0));
    }

    @Override
    public Optional<Control> find(int id) {
        return own.containsKey(id) ? Optional.of(own.get(id)) : device.find(id);
    }

    @Override
    public List<Control> all() {
        List<Control> all = new ArrayList<>(device.all());
        all.removeIf(control -> own.containsKey(control.id()));
        all.addAll(own.values());
        all.sort(Comparator.comparingInt(Control::id));
        return all;
    }

    @Override
    public Map<Integer, String> menu(Control control) {
        return control.id() == BITRATE_MODE ? MODES : device.menu(control);
    }

    @Override
    public ControlValue value(Control control) throws LinuxException {
        return own.containsKey(control.id()) ? ControlValue.of(value(control.id())) : device.value(control);
    }

    private int value(int id) throws LinuxException {
        return switch (id) {
            case BITRATE_MODE -> mode()[MODE_AT] == MODE_OF_MENU[0] ? 0 : 1;
            case MIN_QP -> quantiser()[MIN_QP_AT];
            default -> quantiser()[MAX_QP_AT];
        };
    }

    @Override
    public ControlValue set(Control control, ControlValue value) throws LinuxException {
        if (!own.containsKey(control.id())) {
            return device.set(control, value);
        }
        if (control.id() == BITRATE_MODE) {
            byte[] mode = mode();
            mode[MODE_AT] = (byte) MODE_OF_MENU[(int) value.number()];
            unit.set(Selector.RATE_CONTROL_MODE.code, mode);
        } else {
            setQuantiser(control.id(), (int) value.number());
        }
        return value(control);
    }

    /** The other bound gives way, so that both make sense at any time. */
    private void setQuantiser(int id, int value) throws LinuxException {
        byte[] steps = quantiser();
        steps[MIN_QP_AT] = (byte) (id == MIN_QP ? value : Math.min(value, steps[MIN_QP_AT]));
        steps[MAX_QP_AT] = (byte) (id == MAX_QP ? value : Math.max(value, steps[MAX_QP_AT]));
        try {
            setQuantiser(steps, ALL_FRAMES);
        } catch (LinuxException e) { // some take one type of frame at a time
            setQuantiser(steps, I_THEN_P_FRAMES);
        }
    }

    private void setQuantiser(byte[] steps, byte[] frameTypes) throws LinuxException {
        for (byte type : frameTypes) {
            steps[FRAME_TYPE_AT] = type;
            unit.set(Selector.QP_STEPS_LAYERS.code, steps);
        }
    }

    private byte[] mode() throws LinuxException {
        return get(Selector.RATE_CONTROL_MODE, MODE_AT + 1);
    }

    private byte[] quantiser() throws LinuxException {
        return get(Selector.QP_STEPS_LAYERS, MAX_QP_AT + 1);
    }

    /** Padded for a camera whose value is shorter than the specification has it: what it lacks reads 0, and takes nothing. */
    private byte[] get(Selector selector, int size) throws LinuxException {
        byte[] value = unit.get(Get.CUR, selector.code);
        return Arrays.copyOf(value, Math.max(value.length, size));
    }
}
