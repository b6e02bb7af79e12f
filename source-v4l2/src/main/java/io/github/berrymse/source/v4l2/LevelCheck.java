package io.github.berrymse.source.v4l2;

import io.github.berrymse.h264.Level;
import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.Touched;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what a camera is set to with its H.264 level (ITU-T H.264 table A-1), by which decoders decide whether they can
 * play it. Confined to the capture thread.
 */
final class LevelCheck {

    private final Controls controls;
    private final Touched touched;

    LevelCheck(Controls controls, Touched touched) {
        this.controls = controls;
        this.touched = touched;
    }

    /**
     * Raises a level that is too low, unless the user chose it.
     *
     * @return what is wrong then, in words; empty when the stream fits or the driver has no say in its level
     */
    Optional<String> fit(Level.Load load, boolean isChosen) {
        return controls.find(Control.H264_LEVEL).filter(Control::isMenu).flatMap(control -> {
            Map<Integer, String> menu = controls.menu(control);
            Optional<Integer> fitting = lowest(menu, load);
            return inForce(control, menu)
                    .filter(level -> !level.allows(load))
                    .filter(level -> isChosen || fitting.isEmpty() || !isSet(control, fitting.get()))
                    .map(level -> remark(load, level, advice(fitting.isPresent(), isChosen)));
        });
    }

    private static String advice(boolean isOffered, boolean isChosen) {
        if (!isOffered) {
            return ", which the camera has not: ask for less";
        }
        return isChosen ? ": set h264_level to that" : ", which the camera does not take at this moment";
    }

    private Optional<Level> inForce(Control control, Map<Integer, String> menu) {
        try {
            return Level.of(menu.getOrDefault((int) controls.value(control).number(), ""));
        } catch (LinuxException e) {
            return Optional.empty();
        }
    }

    private boolean isSet(Control control, int value) {
        try {
            return touched.set(controls, control, value) == value;
        } catch (LinuxException e) {
            return false;
        }
    }

    /** The value of the lowest level in a menu that allows a stream. */
    private static Optional<Integer> lowest(Map<Integer, String> menu, Level.Load load) {
        return menu.entrySet().stream()
                .filter(entry -> Level.of(entry.getValue())
                        .filter(level -> level.allows(load))
                        .isPresent())
                .map(Map.Entry::getKey)
                .min(Integer::compare);
    }

    private static String remark(Level.Load load, Level level, String advice) {
        StringBuilder words =
                new StringBuilder().append(load.width()).append('x').append(load.height());
        if (load.framesPerSecond() > 0) {
            words.append(" at ").append(Math.round(load.framesPerSecond())).append(" frames per second");
        }
        if (load.bitrateBps() > 0) {
            words.append(" with ").append(load.bitrateBps()).append(" bit/s");
        }
        words.append(" is more than H.264 level ").append(level).append(" allows, ");
        return words.append(Level.lowestFor(load)
                        .map(lowest -> "the lowest that fits is " + lowest + advice)
                        .orElse("none does: ask for less"))
                .toString();
    }
}
