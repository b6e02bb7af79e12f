package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.Errno;
import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSettings;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.NamedControls;
import io.github.berrymse.v4l2.PixelFormat;
import io.github.berrymse.v4l2.Touched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a device to what was asked, as far as its driver goes along, and reads back what came of it. Only a device that
 * does not deliver H.264 is refused. Confined to the capture thread.
 */
final class Negotiation {

    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);
    private static final String LEVEL = "h264_level";

    private final String path;
    private final FrameSettings frames;
    private final Controls controls;
    private final Touched touched;
    private final CameraSettings asked;
    private final List<String> remarks = new ArrayList<>();
    private NamedControls named;
    private boolean isBusy;

    Negotiation(Device device, Touched touched, CameraSettings asked) {
        this(device.path(), device, device.controls(), touched, asked);
    }

    /**
     * Sets nothing yet.
     *
     * @param path of the device
     * @param touched what was set on the device before
     */
    Negotiation(String path, FrameSettings frames, Controls controls, Touched touched, CameraSettings asked) {
        this.path = path;
        this.frames = frames;
        this.controls = controls;
        this.touched = touched;
        this.asked = asked;
    }

    /** The format comes first: with it a driver decides which rates there are. */
    Applied apply() throws LinuxException, CaptureException {
        FrameFormat format = frames.setFormat(PixelFormat.H264, asked.width(), asked.height());
        if (!format.fourcc().equals(PixelFormat.H264)) {
            throw new CaptureException(path + " was asked for H264 and gives " + format.fourcc()
                    + ": use a camera that encodes H.264 itself");
        }
        set("repeating of parameter sets", Control.REPEAT_SEQUENCE_HEADER, 1, "on");
        FrameRate settableRate = startRate();
        Applied start = new Applied(
                format,
                settableRate,
                frames.frameRate(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Map.of(),
                List.copyOf(remarks),
                List.of());
        Applied all = withControls(start);
        return all.rotationDegrees().isPresent() ? all.withFormat(frames.format()) : all;
    }

    /**
     * Sets while it streams what the driver takes then.
     *
     * @param was what was asked before
     * @return empty when it takes something only while it does not stream, or changed the size over it
     */
    Optional<Applied> change(Applied before, CameraSettings was) throws LinuxException {
        Optional<Applied> paced =
                asked.framesPerSecond() == was.framesPerSecond() ? Optional.of(before) : changeRate(before);
        if (paced.isEmpty()) {
            return paced;
        }
        Applied all = withControls(paced.get());
        boolean isByCodec = asked.bitrateBps() != was.bitrateBps()
                || asked.keyFrameIntervalFrames() != was.keyFrameIntervalFrames()
                || asked.rotationDegrees() != was.rotationDegrees()
                || !asked.profile().equals(was.profile());
        FrameFormat format = frames.format();
        boolean isOtherSize = format.width() != before.format().width()
                || format.height() != before.format().height();
        boolean isRefused = isBusy && isByCodec || named.needsRestart(was.controls());
        return isRefused || isOtherSize ? Optional.empty() : Optional.of(all);
    }

    /** @return empty when the driver refuses, or says yes and keeps the rate that it had */
    private Optional<Applied> changeRate(Applied before) {
        try {
            FrameRate settableRate = setRate();
            boolean isKept = settableRate.framesPerSecond() > 0
                    && settableRate.isAbout(before.rate())
                    && !settableRate.isAbout(wantedRate());
            return isKept ? Optional.empty() : Optional.of(before.withRates(settableRate, frames.frameRate()));
        } catch (LinuxException e) {
            LOG.debug("no other frame rate while it streams", e);
            return Optional.empty();
        }
    }

    private Applied withControls(Applied before) {
        remarks.clear();
        int degrees = asked.rotationDegrees();
        OptionalInt rotationDegrees = set("rotation", Control.ROTATE, degrees, degrees + " degrees");
        setExpected("profile", Control.H264_PROFILE, Control.profile(asked.profile()), asked.profile());
        OptionalInt bitrateBps =
                setExpected("bit rate", Control.BITRATE, asked.bitrateBps(), asked.bitrateBps() + " bit/s");
        int interval = asked.keyFrameIntervalFrames() > 0 ? asked.keyFrameIntervalFrames() : -1;
        setExpected("key frame interval", intervalId(), interval, interval + " frames");
        named = new NamedControls(controls, touched, remarks);
        named.set(asked.controls());
        Applied all = before.withControls(bitrateBps, rotationDegrees, List.copyOf(remarks));
        return new LevelCheck(controls, touched)
                .fit(all.load(isHighProfile()), asked.controls().containsKey(LEVEL))
                .map(all::remarking)
                .orElse(all)
                .withMore(more());
    }

    private int intervalId() {
        return controls.find(Control.H264_I_PERIOD).isPresent() ? Control.H264_I_PERIOD : Control.GOP_SIZE;
    }

    private Map<String, String> more() {
        Map<String, String> more = new LinkedHashMap<>();
        words(Control.H264_PROFILE)
                .ifPresent(name ->
                        more.put("profile", name.toLowerCase(Locale.ROOT).replace(' ', '-')));
        words(Control.H264_LEVEL).ifPresent(level -> more.put("level", level));
        words(intervalId()).ifPresent(frames -> more.put("keyFrameIntervalFrames", frames));
        more.putAll(named.inForce());
        return more;
    }

    private Optional<String> words(int id) {
        return controls.find(id).flatMap(controls::words);
    }

    private boolean isHighProfile() {
        return controls.find(Control.H264_PROFILE)
                        .map(this::read)
                        .orElse(OptionalInt.empty())
                        .orElse(-1)
                == Control.profile("high");
    }

    private FrameRate startRate() {
        try {
            return setRate();
        } catch (LinuxException e) {
            remarks.add(e.getMessage());
            return FrameRate.UNKNOWN;
        }
    }

    /** @return what the driver made of it; unknown when none is asked for, or the driver has no say in it */
    private FrameRate setRate() throws LinuxException {
        if (asked.framesPerSecond() > 0) {
            return touched.setRate(frames, wantedRate());
        }
        touched.setRateBack(frames);
        return FrameRate.UNKNOWN;
    }

    private FrameRate wantedRate() {
        return FrameRate.of(asked.framesPerSecond());
    }

    /** Sets a control that the driver should have, unless -1 is asked. */
    private OptionalInt setExpected(String name, int id, int value, String wanted) {
        if (value >= 0 && controls.find(id).isEmpty()) {
            remarks.add("its " + name + " cannot be set");
        }
        return set(name, id, value, wanted);
    }

    /**
     * Sets a control, or back when -1 is asked, and reads it back.
     *
     * @param wanted the value in words
     * @return empty when the driver has none such
     */
    private OptionalInt set(String name, int id, int value, String wanted) {
        Control control = controls.find(id).orElse(null);
        if (control == null) {
            return OptionalInt.empty();
        }
        try {
            long got = value < 0 ? touched.setBack(controls, control).number() : touched.set(controls, control, value);
            if (value >= 0 && got != value) {
                remarks.add(name + " " + controls.words(control).orElse(Long.toString(got)) + " instead of " + wanted);
            }
            return OptionalInt.of((int) got);
        } catch (LinuxException e) {
            isBusy |= e.errno() == Errno.EBUSY;
            remarks.add("its " + name + " could not be " + (value < 0 ? "set back" : "set to " + wanted) + " ("
                    + e.getMessage() + ")");
            return read(control);
        }
    }

    private OptionalInt read(Control control) {
        try {
            return OptionalInt.of((int) controls.value(control).number());
        } catch (LinuxException e) {
            return OptionalInt.empty();
        }
    }
}
