package io.github.berrymse.v4l2;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A driver's side of the ioctls for controls, as far as the kernel's own does it: reads and writes the structs that it is
 * given. Confined to the test's thread.
 */
final class FakeDriver implements DeviceControls.Driver {

    private static final Videodev2 V4L2 = Videodev2.HERE;
    private static final int EINVAL = 22;
    private static final int ENOTTY = 25;

    private final TreeMap<Integer, Control> controls = new TreeMap<>();
    private final Map<Integer, ControlValue> values = new HashMap<>();
    private final List<String> unknown;

    /** The ioctls that it was asked, each once in a row. */
    final List<String> asked = new ArrayList<>();

    /** @param unknown ioctls, by their names, that it does not know */
    FakeDriver(String... unknown) {
        this.unknown = List.of(unknown);
    }

    FakeDriver with(Control control, ControlValue value) {
        controls.put(control.id(), control);
        values.put(control.id(), value);
        return this;
    }

    ControlValue value(int id) {
        return values.get(id);
    }

    @Override
    public void ioctl(Ioctl ioctl, ByteBuffer a) throws LinuxException {
        if (asked.isEmpty() || !asked.get(asked.size() - 1).equals(ioctl.name())) {
            asked.add(ioctl.name());
        }
        if (unknown.contains(ioctl.name())) {
            throw new LinuxException(ioctl.name(), "/dev/fake", ENOTTY);
        }
        switch (ioctl.name()) {
            case "VIDIOC_QUERY_EXT_CTRL" -> queryExtended(a);
            case "VIDIOC_QUERYCTRL" -> query(a);
            case "VIDIOC_G_EXT_CTRLS" -> extended(a, false);
            case "VIDIOC_S_EXT_CTRLS" -> extended(a, true);
            case "VIDIOC_G_CTRL" -> a.putInt(4, (int) values.get(a.getInt(0)).number());
            case "VIDIOC_S_CTRL" -> values.put(a.getInt(0), ControlValue.of(a.getInt(4)));
            default -> throw new LinuxException(ioctl.name(), "/dev/fake", ENOTTY);
        }
    }

    private void queryExtended(ByteBuffer a) throws LinuxException {
        Videodev2.QueryExtCtrl at = V4L2.queryextctrl;
        Control control = asked(a.getInt(at.id), true, "VIDIOC_QUERY_EXT_CTRL");
        a.putInt(at.id, control.id()).putInt(at.type, control.type());
        a.put(at.name, control.name().getBytes(StandardCharsets.UTF_8));
        a.putLong(at.minimum, control.minimum()).putLong(at.maximum, control.maximum());
        a.putLong(at.step, control.step()).putInt(at.flags, control.flags()).putInt(at.nrOfDims, control.dimensions());
    }

    private void query(ByteBuffer a) throws LinuxException {
        Videodev2.QueryCtrl at = V4L2.queryctrl;
        Control control = asked(a.getInt(at.id), false, "VIDIOC_QUERYCTRL");
        a.putInt(at.id, control.id()).putInt(at.type, control.type());
        a.put(at.name, control.name().getBytes(StandardCharsets.UTF_8));
        a.putInt(at.minimum, (int) control.minimum()).putInt(at.maximum, (int) control.maximum());
        a.putInt(at.step, (int) control.step()).putInt(at.flags, control.flags());
    }

    private Control asked(int id, boolean withArrays, String call) throws LinuxException {
        boolean isNext = (id & Videodev2.CTRL_FLAG_NEXT_CTRL) != 0;
        int bare = id & ~Videodev2.CTRL_FLAG_NEXT_CTRL & (withArrays ? ~Videodev2.CTRL_FLAG_NEXT_COMPOUND : -1);
        Control control = isNext ? next(bare, withArrays) : controls.get(bare);
        if (control == null) {
            throw new LinuxException(call, "/dev/fake", EINVAL);
        }
        return control;
    }

    private Control next(int id, boolean withArrays) {
        return controls.tailMap(id, false).values().stream()
                .filter(control -> withArrays || control.isOneValue())
                .findFirst()
                .orElse(null);
    }

    private void extended(ByteBuffer list, boolean isSet) throws LinuxException {
        ByteBuffer one = at(list, V4L2.extcontrols.controls, V4L2.extcontrol.size());
        Control control = controls.get(one.getInt(V4L2.extcontrol.id));
        if (list.getInt(V4L2.extcontrols.count) != 1 || list.getInt(V4L2.extcontrols.which) != 0 || control == null) {
            throw new LinuxException("VIDIOC_S_EXT_CTRLS", "/dev/fake", EINVAL);
        }
        if (control.isText()) {
            extendedText(one, control.id(), isSet);
            return;
        }
        if (isSet) {
            values.put(control.id(), ControlValue.of(control.isLong() ? one.getLong(12) : one.getInt(12)));
        }
        long value = values.get(control.id()).number();
        if (control.isLong()) {
            one.putLong(12, value);
        } else {
            one.putInt(12, (int) value);
        }
    }

    private void extendedText(ByteBuffer one, int id, boolean isSet) {
        ByteBuffer text = at(one, V4L2.extcontrol.value, one.getInt(V4L2.extcontrol.sizeOfPointedTo));
        if (isSet) {
            values.put(id, ControlValue.of(Device.text(text, 0, text.capacity())));
        } else {
            text.put(0, values.get(id).text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ByteBuffer at(ByteBuffer struct, int offset, int size) {
        long address = Native.POINTER_SIZE == Long.BYTES ? struct.getLong(offset) : struct.getInt(offset);
        return new Pointer(address).getByteBuffer(0, size).order(struct.order());
    }
}
