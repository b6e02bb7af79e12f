package io.github.berrymse.v4l2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The controls of an open device: VIDIOC_QUERYCTRL, QUERYMENU, G_CTRL and S_CTRL. Confined to the device's thread. */
final class DeviceControls implements Controls {

    private static final Videodev2 V4L2 = Videodev2.HERE;

    private final Device device;

    DeviceControls(Device device) {
        this.device = device;
    }

    @Override
    public Optional<Control> find(int id) {
        ByteBuffer a = device.argument();
        a.putInt(V4L2.queryctrl.id, id);
        return device.succeeds(V4L2.queryCtrl, a)
                ? Optional.of(control(a)).filter(Control::isSettable)
                : Optional.empty();
    }

    @Override
    public List<Control> all() {
        List<Control> controls = new ArrayList<>();
        ByteBuffer a = device.argument();
        a.putInt(V4L2.queryctrl.id, Videodev2.CTRL_FLAG_NEXT_CTRL);
        while (device.succeeds(V4L2.queryCtrl, a)) {
            Control control = control(a);
            if (control.isThere()) {
                controls.add(control);
            }
            a.putInt(V4L2.queryctrl.id, control.id() | Videodev2.CTRL_FLAG_NEXT_CTRL);
        }
        return controls;
    }

    @Override
    public Map<Integer, String> menu(Control control) {
        Map<Integer, String> names = new TreeMap<>();
        for (int value = control.minimum(); control.isMenu() && value <= control.maximum(); value++) {
            ByteBuffer a = device.argument();
            a.putInt(V4L2.querymenu.id, control.id()).putInt(V4L2.querymenu.index, value);
            if (device.succeeds(V4L2.queryMenu, a)) {
                names.put(
                        value,
                        control.isInteger()
                                ? Long.toString(a.getLong(V4L2.querymenu.name))
                                : Device.text(a, V4L2.querymenu.name, 32));
            }
        }
        return names;
    }

    @Override
    public int value(int id) throws LinuxException {
        ByteBuffer a = device.argument();
        a.putInt(V4L2.control.id, id);
        device.ioctl(V4L2.gCtrl, a);
        return a.getInt(V4L2.control.value);
    }

    @Override
    public int set(int id, int value) throws LinuxException {
        ByteBuffer a = device.argument();
        a.putInt(V4L2.control.id, id).putInt(V4L2.control.value, value);
        device.ioctl(V4L2.sCtrl, a);
        return a.getInt(V4L2.control.value);
    }

    private static Control control(ByteBuffer a) {
        return new Control(
                a.getInt(V4L2.queryctrl.id),
                a.getInt(V4L2.queryctrl.type),
                Device.text(a, V4L2.queryctrl.name, 32),
                a.getInt(V4L2.queryctrl.minimum),
                a.getInt(V4L2.queryctrl.maximum),
                a.getInt(V4L2.queryctrl.step),
                a.getInt(V4L2.queryctrl.defaultValue),
                a.getInt(V4L2.queryctrl.flags));
    }
}
