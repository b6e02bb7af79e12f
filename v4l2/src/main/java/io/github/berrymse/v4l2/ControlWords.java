package io.github.berrymse.v4l2;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user's words mean to a control, and its values in words: a number in its range, yes or no, a text, or of a menu a
 * name before a number. Immutable.
 */
final class ControlWords {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("([-+]?)(0[xX]|#|0(?=\\d))?(\\p{XDigit}+)");

    private final Control control;
    private final Map<Integer, String> menu;

    /** @param menu of the control, empty when it has none */
    ControlWords(Control control, Map<Integer, String> menu) {
        this.control = control;
        this.menu = menu;
    }

    /** @return the value, or empty when the control does not take these words */
    Optional<ControlValue> parse(String text) {
        if (control.isText()) {
            return Optional.of(ControlValue.of(text)).filter(value -> isLength(bytes(text)));
        }
        for (Map.Entry<Integer, String> entry : menu.entrySet()) {
            if (entry.getValue().equalsIgnoreCase(text.trim())) {
                return Optional.of(ControlValue.of(entry.getKey()));
            }
        }
        return number(text)
                .filter(value ->
                        control.isMenu() ? isInMenu(value) : nearest(value).equals(value))
                .map(value -> ControlValue.of(value.longValueExact()));
    }

    /** Why not, and what would be. */
    String refusal(String text) {
        return control.key() + " cannot be " + text + ": it is " + choice(text);
    }

    /** A value that the control has. */
    String of(ControlValue value) {
        if (control.isText()) {
            return value.text();
        }
        if (control.isSwitch()) {
            return Boolean.toString(value.number() != 0);
        }
        if (control.isBitmask()) {
            return "0x" + Long.toHexString(value.number());
        }
        return menu.getOrDefault((int) value.number(), Long.toString(value.number()));
    }

    private String choice(String text) {
        if (control.isText()) {
            return "a text of " + range() + " bytes, and that has " + bytes(text);
        }
        if (control.isMenu()) {
            return "one of " + String.join(", ", menu.values());
        }
        if (control.isButton()) {
            return "a button, which true presses";
        }
        if (control.isSwitch()) {
            return "true or false";
        }
        if (control.isBitmask()) {
            return "made of the bits 0x" + Long.toHexString(control.maximum());
        }
        return range()
                + number(text)
                        .map(value -> ", the nearest is " + nearest(value))
                        .orElse("");
    }

    private String range() {
        return control.minimum() + " to " + control.maximum()
                + (control.step() > 1 ? " in steps of " + control.step() : "");
    }

    private boolean isLength(int bytes) {
        BigInteger length = BigInteger.valueOf(bytes);
        return inRange(length).equals(length);
    }

    private boolean isInMenu(BigInteger value) {
        return value.bitLength() < Integer.SIZE && menu.containsKey(value.intValue());
    }

    private BigInteger nearest(BigInteger value) {
        if (control.isButton()) {
            return BigInteger.ONE;
        }
        return control.isBitmask() ? value.and(BigInteger.valueOf(control.maximum())) : inRange(value);
    }

    private BigInteger inRange(BigInteger value) {
        BigInteger least = BigInteger.valueOf(control.minimum());
        BigInteger width = BigInteger.valueOf(control.maximum()).subtract(least);
        BigInteger step = BigInteger.valueOf(Math.max(1, control.step()));
        BigInteger off = value.subtract(least).max(BigInteger.ZERO).min(width);
        BigInteger steps = off.add(step.shiftRight(1)).divide(step).min(width.divide(step));
        return least.add(steps.multiply(step));
    }

    private Optional<BigInteger> number(String text) {
        boolean takesYesAndNo = control.isButton() || control.isSwitch();
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of(BigInteger.ONE).filter(yes -> takesYesAndNo);
            case "false", "no", "off" -> Optional.of(BigInteger.ZERO).filter(no -> takesYesAndNo);
            default -> wholeNumber(text.trim());
        };
    }

    /** Of any size, decimal, hexadecimal or octal, as {@link Long#decode} reads it. */
    private static Optional<BigInteger> wholeNumber(String text) {
        Matcher number = WHOLE_NUMBER.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        int radix = number.group(2) == null ? 10 : number.group(2).equals("0") ? 8 : 16;
        try {
            return Optional.of(new BigInteger(number.group(1) + number.group(3), radix));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
