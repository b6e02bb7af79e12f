package io.github.berrymse.v4l2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A pixel format that a device offers (VIDIOC_ENUM_FMT). Immutable.
 *
 * @param fourcc its four letters, such as {@code H264}; trailing spaces kept off
 * @param description the driver's words
 * @param isCompressed whether it is coded
 */
public record PixelFormat(String fourcc, String description, boolean isCompressed) {

    public static final String H264 = "H264";

    static String fourcc(int code) {
        ByteBuffer letters =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(code & 0x7fffffff);
        return StandardCharsets.US_ASCII.decode(letters.flip()).toString().strip();
    }

    static int code(String fourcc) {
        byte[] letters = (fourcc + "   ").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.wrap(letters).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
