package io.github.berrymse.v4l2;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One control's value by VIDIOC_G_EXT_CTRLS and S_EXT_CTRLS: a list of one {@code struct v4l2_ext_control}, of every type
 * that holds one value. Confined to the device's thread.
 */
final class ExtendedControl {

    private static final Videodev2 V4L2 = Videodev2.HERE;

    private final DeviceControls.Driver driver;
    private final Control control;
    private final ByteBuffer list = Memory.zeroed(V4L2.extcontrols.size());
    private final ByteBuffer one = Memory.zeroed(V4L2.extcontrol.size());
    private final ByteBuffer text;

    ExtendedControl(DeviceControls.Driver driver, Control control) {
        this.driver = driver;
        this.control = control;
        this.text = Memory.zeroed(control.isText() ? (int) control.maximum() + 1 : 0);
        list.putInt(V4L2.extcontrols.count, 1);
        Memory.putAddress(list, V4L2.extcontrols.controls, one);
        one.putInt(V4L2.extcontrol.id, control.id());
        if (control.isText()) {
            one.putInt(V4L2.extcontrol.sizeOfPointedTo, text.capacity());
            Memory.putAddress(one, V4L2.extcontrol.value, text);
        }
    }

    ControlValue value() throws LinuxException {
        return made(V4L2.gExtCtrls);
    }

    /** Sets it, a text that is too long cut off. @return what the driver made of it */
    ControlValue set(ControlValue value) throws LinuxException {
        if (control.isText()) {
            byte[] bytes = value.text().getBytes(StandardCharsets.UTF_8);
            text.put(0, bytes, 0, Math.min(bytes.length, (int) control.maximum()));
        } else if (control.isLong()) {
            one.putLong(V4L2.extcontrol.value, value.number());
        } else {
            one.putInt(V4L2.extcontrol.value, (int) value.number());
        }
        return made(V4L2.sExtCtrls);
    }

    private ControlValue made(Ioctl ioctl) throws LinuxException {
        try {
            driver.ioctl(ioctl, list);
        } finally {
            Reference.reachabilityFence(one);
            Reference.reachabilityFence(text);
        }
        if (control.isText()) {
            return ControlValue.of(Device.text(text, 0, text.capacity()));
        }
        return control.isLong()
                ? ControlValue.of(one.getLong(V4L2.extcontrol.value))
                : ControlValue.of(Control.number(control.type(), one.getInt(V4L2.extcontrol.value)));
    }
}
