package io.github.berrymse.v4l2;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Values of controls by VIDIOC_G_EXT_CTRLS and S_EXT_CTRLS, one at a time: a list of one {@code struct v4l2_ext_control}, of
 * every type that holds one value. Confined to the device's thread.
 */
final class ExtendedControls {

    private static final Videodev2 V4L2 = Videodev2.HERE;

    private final DeviceControls.Driver driver;
    private final ByteBuffer list = Memory.zeroed(V4L2.extcontrols.size());
    private final ByteBuffer one = Memory.zeroed(V4L2.extcontrol.size());

    ExtendedControls(DeviceControls.Driver driver) {
        this.driver = driver;
        list.putInt(V4L2.extcontrols.count, 1);
        Memory.putAddress(list, V4L2.extcontrols.controls, one);
    }

    ControlValue value(Control control) throws LinuxException {
        return control.isText() ? text(V4L2.gExtCtrls, control, new byte[0]) : number(V4L2.gExtCtrls, control, 0);
    }

    /** Sets it, a text that is too long cut off. @return what the driver made of it */
    ControlValue set(Control control, ControlValue value) throws LinuxException {
        return control.isText()
                ? text(V4L2.sExtCtrls, control, value.text().getBytes(StandardCharsets.UTF_8))
                : number(V4L2.sExtCtrls, control, value.number());
    }

    private ControlValue number(Ioctl ioctl, Control control, long value) throws LinuxException {
        one.putInt(V4L2.extcontrol.id, control.id()).putInt(V4L2.extcontrol.sizeOfPointedTo, 0);
        if (control.isLong()) {
            one.putLong(V4L2.extcontrol.value, value);
        } else {
            one.putInt(V4L2.extcontrol.value, (int) value);
        }
        request(ioctl);
        return ControlValue.of(
                control.isLong()
                        ? one.getLong(V4L2.extcontrol.value)
                        : Control.number(control.type(), one.getInt(V4L2.extcontrol.value)));
    }

    private ControlValue text(Ioctl ioctl, Control control, byte[] bytes) throws LinuxException {
        int most = (int) control.maximum();
        ByteBuffer text = Memory.zeroed(most + 1).put(0, bytes, 0, Math.min(bytes.length, most));
        one.putInt(V4L2.extcontrol.id, control.id()).putInt(V4L2.extcontrol.sizeOfPointedTo, text.capacity());
        Memory.putAddress(one, V4L2.extcontrol.value, text);
        try {
            request(ioctl);
            return ControlValue.of(Device.text(text, 0, text.capacity()));
        } finally {
            Reference.reachabilityFence(text);
        }
    }

    private void request(Ioctl ioctl) throws LinuxException {
        list.putInt(V4L2.extcontrols.which, 0); // the current values
        driver.ioctl(ioctl, list);
    }
}
