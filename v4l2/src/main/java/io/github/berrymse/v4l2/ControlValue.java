package io.github.berrymse.v4l2;

/**
 * What a control is set to. Immutable.
 *
 * @param number of 32 or 64 bits; of a bitmask its bits, 0 or more; 0 where there is a text
 * @param text of a control that holds one, else null
 */
public record ControlValue(long number, String text) {

    public static ControlValue of(long number) {
        return new ControlValue(number, null);
    }

    public static ControlValue of(String text) {
        return new ControlValue(0, text);
    }
}
