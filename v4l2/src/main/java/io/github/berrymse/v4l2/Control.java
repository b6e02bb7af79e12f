package io.github.berrymse.v4l2;

import java.util.Locale;

/**
 * A control of a device: what can be set, and within which range (VIDIOC_QUERY_EXT_CTRL). Immutable.
 *
 * @param id {@code V4L2_CID_}
 * @param type {@code V4L2_CTRL_TYPE_}
 * @param name the driver's words
 * @param minimum smallest value; of a text the least bytes
 * @param maximum largest value; of a bitmask all its bits, 0 or more; of a text the most bytes
 * @param step between values, or lengths of a text
 * @param flags {@code V4L2_CTRL_FLAG_} bits
 * @param dimensions of an array, 0 when it is none
 */
public record Control(int id, int type, String name, long minimum, long maximum, long step, int flags, int dimensions) {

    /** V4L2_CID_ROTATE: degrees clockwise. */
    public static final int ROTATE = 0x980922;

    /** V4L2_CID_MPEG_VIDEO_GOP_SIZE: pictures from one key frame to the next. */
    public static final int GOP_SIZE = 0x9909cb;

    /** V4L2_CID_MPEG_VIDEO_BITRATE: bits per second. */
    public static final int BITRATE = 0x9909cf;

    /** V4L2_CID_MPEG_VIDEO_REPEAT_SEQ_HEADER: whether SPS and PPS come with each IDR picture. */
    public static final int REPEAT_SEQUENCE_HEADER = 0x9909e2;

    /** V4L2_CID_MPEG_VIDEO_FORCE_KEY_FRAME: a button. */
    public static final int FORCE_KEY_FRAME = 0x9909e5;

    /** V4L2_CID_MPEG_VIDEO_H264_I_PERIOD: pictures from one I picture to the next. */
    public static final int H264_I_PERIOD = 0x990a66;

    /** V4L2_CID_MPEG_VIDEO_H264_LEVEL: a menu of the levels' numbers. */
    public static final int H264_LEVEL = 0x990a67;

    /** V4L2_CID_MPEG_VIDEO_H264_PROFILE: a menu, see {@link #profile}. */
    public static final int H264_PROFILE = 0x990a6b;

    private static final int TYPE_INTEGER = 1;
    private static final int TYPE_BOOLEAN = 2;
    private static final int TYPE_MENU = 3;
    private static final int TYPE_BUTTON = 4;
    private static final int TYPE_INTEGER64 = 5;
    private static final int TYPE_CTRL_CLASS = 6;
    private static final int TYPE_STRING = 7;
    private static final int TYPE_BITMASK = 8;
    private static final int TYPE_INTEGER_MENU = 9;
    private static final int FIRST_COMPOUND_TYPE = 0x100;
    private static final int FLAG_DISABLED = 0x1;
    private static final int FLAG_READ_ONLY = 0x4;
    private static final int FLAG_WRITE_ONLY = 0x40;
    private static final int FLAG_VOLATILE = 0x80;
    private static final int FLAG_EXECUTE_ON_WRITE = 0x200;

    /** Whether it can be set here at all; some cannot at some times. */
    public boolean isSettable() {
        return isThere() && !isReadOnly() && isOneValue();
    }

    /** Whether it is a control, and not a heading or one that this device has for show. */
    boolean isThere() {
        return (flags & FLAG_DISABLED) == 0 && type != TYPE_CTRL_CLASS;
    }

    /** Whether it only tells. */
    public boolean isReadOnly() {
        return (flags & FLAG_READ_ONLY) != 0;
    }

    /** Whether it has one number or one text, and is no array or struct. */
    boolean isOneValue() {
        return dimensions == 0 && type < FIRST_COMPOUND_TYPE;
    }

    /** Whether its value is a number of 64 bits. */
    boolean isLong() {
        return type == TYPE_INTEGER64;
    }

    /** Whether its value is a text, {@link #minimum} to {@link #maximum} bytes long. */
    boolean isText() {
        return type == TYPE_STRING;
    }

    /** Whether its value is yes or no. */
    boolean isSwitch() {
        return type == TYPE_BOOLEAN || type == TYPE_INTEGER && minimum == 0 && maximum == 1;
    }

    /** Whether its value is a set of bits, {@link #maximum} being all of them. */
    public boolean isBitmask() {
        return type == TYPE_BITMASK;
    }

    /** Whether setting it does something and leaves no value. */
    public boolean isButton() {
        return type == TYPE_BUTTON;
    }

    /** Whether to set the value that it has does nothing. */
    boolean keepsItsValue() {
        return !isButton() && (flags & (FLAG_WRITE_ONLY | FLAG_VOLATILE | FLAG_EXECUTE_ON_WRITE)) == 0;
    }

    /** The name that users write: small letters, digits, and an underscore for all that is between. */
    public String key() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    /** The value of {@link #H264_PROFILE} for a profile's name; -1 for another name. */
    public static int profile(String name) {
        return switch (name) {
            case "baseline" -> 0;
            case "constrained-baseline" -> 1;
            case "main" -> 2;
            case "high" -> 4;
            default -> -1;
        };
    }

    /** What 32 bits of the driver's mean for a type: a bitmask's bits, or a number that has a sign. */
    static long number(int type, int bits) {
        return type == TYPE_BITMASK ? Integer.toUnsignedLong(bits) : bits;
    }

    /** Whether the names of its values are numbers. */
    boolean isInteger() {
        return type == TYPE_INTEGER_MENU;
    }

    /** Whether its values have names. */
    public boolean isMenu() {
        return type == TYPE_MENU || type == TYPE_INTEGER_MENU;
    }
}
