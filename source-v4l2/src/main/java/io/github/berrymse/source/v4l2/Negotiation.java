package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sets a device to what was asked, as far as its driver goes along, and reads back what came of it. Only a device that
 * does not deliver H.264 is refused. Confined to the capture thread.
 */
final class Negotiation {

    private final Device device;
    private final Controls controls;
    private final CameraSettings asked;
    private final List<String> remarks = new ArrayList<>();

    Negotiation(Device device, CameraSettings asked) {
        this.device = device;
        this.controls = device.controls();
        this.asked = asked;
    }

    /** The format comes first: with it a driver decides which rates there are. */
    Applied apply() throws LinuxException, CaptureException {
        FrameFormat format = device.setFormat(PixelFormat.H264, asked.width(), asked.height());
        if (!format.fourcc().equals(PixelFormat.H264)) {
            throw new CaptureException(device.path() + " was asked for H264 and gives " + format.fourcc()
                    + ": use a camera that encodes H.264 itself");
        }
        setIfThere("repeating of parameter sets", Control.REPEAT_SEQUENCE_HEADER, 1, "");
        OptionalInt rotationDegrees = asked.rotationDegrees() > 0
                ? set("rotation", Control.ROTATE, asked.rotationDegrees(), " degrees")
                : setIfThere("rotation", Control.ROTATE, asked.rotationDegrees(), " degrees");
        set("profile", Control.H264_PROFILE, Control.profile(asked.profile()), " (" + asked.profile() + ")");
        FrameRate settableRate = setRate();
        Applied start = new Applied(
                format,
                settableRate,
                device.frameRate(),
                OptionalInt.empty(),
                rotationDegrees,
                List.copyOf(remarks),
                List.of());
        remarks.clear();
        return withControls(start);
    }

    /** Sets what can be set while it streams, and leaves the rest as it is. */
    Applied withControls(Applied before) {
        OptionalInt bitrateBps = set("bit rate", Control.BITRATE, asked.bitrateBps(), " bit/s");
        int interval = asked.keyFrameIntervalFrames() > 0 ? asked.keyFrameIntervalFrames() : -1;
        boolean hasPeriod = controls.find(Control.H264_I_PERIOD).isPresent();
        set("key frame interval", hasPeriod ? Control.H264_I_PERIOD : Control.GOP_SIZE, interval, " frames");
        new NamedControls(controls, remarks).set(asked.controls());
        return new Applied(
                before.format(),
                before.settableRate(),
                before.rate(),
                bitrateBps,
                before.rotationDegrees(),
                before.startRemarks(),
                List.copyOf(remarks));
    }

    private FrameRate setRate() {
        if (asked.framesPerSecond() <= 0) {
            return FrameRate.UNKNOWN;
        }
        try {
            return device.setFrameRate(FrameRate.of(asked.framesPerSecond()));
        } catch (LinuxException e) {
            remarks.add(e.getMessage());
            return FrameRate.UNKNOWN;
        }
    }

    /** Sets a control that the driver should have, unless -1 is asked. */
    private OptionalInt set(String name, int id, int value, String unit) {
        if (value >= 0 && controls.find(id).isEmpty()) {
            remarks.add("its " + name + " cannot be set");
        }
        return setIfThere(name, id, value, unit);
    }

    /** Sets a control unless -1 is asked, and reads it back; empty when the driver has none such. */
    private OptionalInt setIfThere(String name, int id, int value, String unit) {
        if (controls.find(id).isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int got = value < 0 ? controls.value(id) : controls.set(id, value);
            if (value >= 0 && got != value) {
                remarks.add(name + " " + got + " instead of " + value + unit);
            }
            return OptionalInt.of(got);
        } catch (LinuxException e) {
            remarks.add("its " + name + " could not be " + (value < 0 ? "read" : "set to " + value + unit) + " ("
                    + e.getMessage() + ")");
            return value < 0 ? OptionalInt.empty() : setIfThere(name, id, -1, unit);
        }
    }
}
