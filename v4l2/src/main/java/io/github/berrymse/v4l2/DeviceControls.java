package io.github.berrymse.v4l2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The controls of an open device, by the ioctls for extended controls (VIDIOC_QUERY_EXT_CTRL, G_EXT_CTRLS, S_EXT_CTRLS),
 * which reach values of every type; where the driver does not know those, by the older ones (VIDIOC_QUERYCTRL, G_CTRL,
 * S_CTRL), which reach numbers of 32 bits. Confined to the device's thread.
 */
final class DeviceControls implements Controls {

    private static final Videodev2 V4L2 = Videodev2.HERE;
    private static final int NEXT = Videodev2.CTRL_FLAG_NEXT_CTRL | Videodev2.CTRL_FLAG_NEXT_COMPOUND;

    private final Driver driver;
    private final ExtendedControls extended;
    private final ByteBuffer argument = Memory.zeroed(V4L2.queryextctrl.size());
    private boolean isExtended = true;

    /** Makes ioctls. Confined to the device's thread. */
    @FunctionalInterface
    interface Driver {
        void ioctl(Ioctl ioctl, ByteBuffer argument) throws LinuxException;
    }

    /** What an extended ioctl or else an older one answers. */
    @FunctionalInterface
    private interface Answer<T> {
        T get() throws LinuxException;
    }

    DeviceControls(Driver driver) {
        this.driver = driver;
        this.extended = new ExtendedControls(driver);
    }

    @Override
    public Optional<Control> find(int id) {
        return query(id).filter(Control::isSettable);
    }

    @Override
    public List<Control> all() {
        List<Control> controls = new ArrayList<>();
        Optional<Control> next = query(NEXT);
        while (next.isPresent()) {
            next.filter(Control::isThere).ifPresent(controls::add);
            next = query(next.get().id() | NEXT);
        }
        return controls;
    }

    @Override
    public Map<Integer, String> menu(Control control) {
        Map<Integer, String> names = new TreeMap<>();
        for (int value = (int) control.minimum(); control.isMenu() && value <= control.maximum(); value++) {
            ByteBuffer a = argument();
            a.putInt(V4L2.querymenu.id, control.id()).putInt(V4L2.querymenu.index, value);
            try {
                driver.ioctl(V4L2.queryMenu, a);
                names.put(
                        value,
                        control.isInteger()
                                ? Long.toString(a.getLong(V4L2.querymenu.name))
                                : Device.text(a, V4L2.querymenu.name, 32));
            } catch (LinuxException ignored) {
                // left out by the driver
            }
        }
        return names;
    }

    @Override
    public ControlValue value(Control control) throws LinuxException {
        return control.isLong() || control.isText()
                ? extended.value(control)
                : either(() -> extended.value(control), () -> old(V4L2.gCtrl, control, 0));
    }

    @Override
    public ControlValue set(Control control, ControlValue value) throws LinuxException {
        return control.isLong() || control.isText()
                ? extended.set(control, value)
                : either(() -> extended.set(control, value), () -> old(V4L2.sCtrl, control, (int) value.number()));
    }

    private Optional<Control> query(int id) {
        try {
            return Optional.of(either(() -> queryExtended(id), () -> queryOld(id)));
        } catch (LinuxException e) {
            return Optional.empty();
        }
    }

    /** Asks in the new way until the driver says that it does not know it, and then in the old. */
    private <T> T either(Answer<T> extended, Answer<T> old) throws LinuxException {
        if (isExtended) {
            try {
                return extended.get();
            } catch (LinuxException e) {
                if (e.errno() != Errno.ENOTTY) {
                    throw e;
                }
                isExtended = false;
            }
        }
        return old.get();
    }

    private Control queryExtended(int id) throws LinuxException {
        Videodev2.QueryExtCtrl at = V4L2.queryextctrl;
        ByteBuffer a = argument().putInt(at.id, id);
        driver.ioctl(V4L2.queryExtCtrl, a);
        return new Control(
                a.getInt(at.id),
                a.getInt(at.type),
                Device.text(a, at.name, 32),
                a.getLong(at.minimum),
                a.getLong(at.maximum),
                a.getLong(at.step),
                a.getInt(at.flags),
                a.getInt(at.nrOfDims));
    }

    private Control queryOld(int id) throws LinuxException {
        Videodev2.QueryCtrl at = V4L2.queryctrl;
        ByteBuffer a = argument().putInt(at.id, id & ~Videodev2.CTRL_FLAG_NEXT_COMPOUND);
        driver.ioctl(V4L2.queryCtrl, a);
        int type = a.getInt(at.type);
        return new Control(
                a.getInt(at.id),
                type,
                Device.text(a, at.name, 32),
                a.getInt(at.minimum),
                Control.number(type, a.getInt(at.maximum)),
                a.getInt(at.step),
                a.getInt(at.flags),
                0);
    }

    private ControlValue old(Ioctl ioctl, Control control, int value) throws LinuxException {
        ByteBuffer a = argument().putInt(V4L2.control.id, control.id());
        driver.ioctl(ioctl, a.putInt(V4L2.control.value, value));
        return ControlValue.of(Control.number(control.type(), a.getInt(V4L2.control.value)));
    }

    /** Zeroed, and good until the next call. */
    private ByteBuffer argument() {
        for (int i = 0; i < argument.capacity(); i += Long.BYTES) {
            argument.putLong(i, 0);
        }
        return argument;
    }
}
