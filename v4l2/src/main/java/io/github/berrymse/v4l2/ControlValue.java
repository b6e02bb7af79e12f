package io.github.berrymse.v4l2;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a user's words mean to a control: a number in its range, yes or no, or of a menu a name before a number. Confined to
 * the capture thread.
 */
final class ControlValue {

    private ControlValue() {}

    /** @return the value, or empty when the control does not take these words */
    static Optional<Integer> parse(Control control, Map<Integer, String> menu, String text) {
        for (Map.Entry<Integer, String> entry : menu.entrySet()) {
            if (entry.getValue().equalsIgnoreCase(text.trim())) {
                return Optional.of(entry.getKey());
            }
        }
        return number(control, text)
                .filter(value -> control.isMenu()
                        ? value.intValue() == value && menu.containsKey(value.intValue())
                        : nearest(control, value) == value)
                .map(Long::intValue);
    }

    /** Why not, and what would be. */
    static String refusal(Control control, Map<Integer, String> menu, String text) {
        return control.key() + " cannot be " + text + ": it is " + choice(control, menu, text);
    }

    private static String choice(Control control, Map<Integer, String> menu, String text) {
        if (control.isMenu()) {
            return "one of " + String.join(", ", menu.values());
        }
        if (control.isButton()) {
            return "a button, which true presses";
        }
        if (isSwitch(control)) {
            return "true or false";
        }
        if (control.isBitmask()) {
            return "made of the bits 0x" + Integer.toHexString(control.maximum());
        }
        return control.minimum() + " to " + control.maximum()
                + (control.step() > 1 ? " in steps of " + control.step() : "")
                + number(control, text)
                        .map(value -> ", the nearest is " + nearest(control, value))
                        .orElse("");
    }

    private static long nearest(Control control, long value) {
        if (control.isButton()) {
            return 1;
        }
        if (control.isBitmask()) {
            return value & Integer.toUnsignedLong(control.maximum());
        }
        long step = Math.max(1, control.step());
        long most = (control.maximum() - (long) control.minimum()) / step;
        long steps = Math.round(((double) value - control.minimum()) / step);
        return control.minimum() + Math.min(most, Math.max(0, steps)) * step;
    }

    private static boolean isSwitch(Control control) {
        return !control.isMenu() && control.minimum() == 0 && control.maximum() == 1;
    }

    private static Optional<Long> number(Control control, String text) {
        boolean takesYesAndNo = control.isButton() || isSwitch(control);
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> takesYesAndNo ? Optional.of(1L) : Optional.empty();
            case "false", "no", "off" -> takesYesAndNo ? Optional.of(0L) : Optional.empty();
            default -> {
                try {
                    yield Optional.of(Long.decode(text.trim()));
                } catch (NumberFormatException e) {
                    yield Optional.empty();
                }
            }
        };
    }
}
