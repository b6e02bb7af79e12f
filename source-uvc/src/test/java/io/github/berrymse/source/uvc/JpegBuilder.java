package io.github.berrymse.source.uvc;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/**
 * Makes JPEGs as cameras do that put H.264 into APP4 segments: a small real picture, and the segments after its first
 * one. Confined to one thread.
 */
final class JpegBuilder {
    static final int SEGMENT = 65_535 - 2;
    static final int FIRST_SEGMENT = SEGMENT - 22 - 4;

    private static final int APP4 = 0xE4;
    private static final byte[] PICTURE = picture();
    private static final int AFTER_APP0 = 2 + 2 + 16;

    private final ByteArrayOutputStream segments = new ByteArrayOutputStream();
    private int headerLength = 22;

    /** Later cameras may say more in the auxiliary stream header. */
    JpegBuilder headerLength(int bytes) {
        headerLength = bytes;
        return this;
    }

    /** An access unit in as many segments as it takes, the first ones of given sizes. */
    JpegBuilder h264(byte[] unit, int... sizes) {
        return stream("H264", unit, sizes);
    }

    /** As above, for a stream of any type. */
    JpegBuilder stream(String type, byte[] bytes, int... sizes) {
        ByteBuffer first = ByteBuffer.allocate(headerLength + 4).order(ByteOrder.LITTLE_ENDIAN);
        first.putShort((short) 0x0100).putShort((short) headerLength).put(ascii(type));
        first.putShort((short) 1280)
                .putShort((short) 720)
                .putInt(333_333)
                .putShort((short) 33)
                .putInt(0x0BADF00D);
        byte[] header = first.putInt(headerLength, bytes.length).array();
        int at = 0;
        for (int part = 0; part == 0 || at < bytes.length; part++) {
            int room = part < sizes.length ? sizes[part] : part == 0 ? FIRST_SEGMENT : SEGMENT;
            int length = Math.min(room, bytes.length - at);
            byte[] content = new byte[header.length + length];
            System.arraycopy(header, 0, content, 0, header.length);
            System.arraycopy(bytes, at, content, header.length, length);
            segment(APP4, content);
            at += length;
            header = new byte[0];
        }
        return this;
    }

    JpegBuilder segment(int marker, byte[] content) {
        int length = content.length + 2;
        return raw(0xFF, marker, length >> 8, length).raw(content);
    }

    JpegBuilder raw(int... bytes) {
        for (int b : bytes) {
            segments.write(b);
        }
        return this;
    }

    JpegBuilder raw(byte[] bytes) {
        segments.writeBytes(bytes);
        return this;
    }

    byte[] build() {
        var jpeg = new ByteArrayOutputStream();
        jpeg.write(PICTURE, 0, AFTER_APP0);
        jpeg.writeBytes(segments.toByteArray());
        jpeg.write(PICTURE, AFTER_APP0, PICTURE.length - AFTER_APP0);
        return jpeg.toByteArray();
    }

    /** As a camera sends that was asked for MJPEG as a container only: no picture. */
    byte[] buildContainer() {
        var jpeg = new ByteArrayOutputStream();
        jpeg.write(PICTURE, 0, 2);
        jpeg.writeBytes(segments.toByteArray());
        jpeg.write(PICTURE, PICTURE.length - 2, 2);
        return jpeg.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] picture() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
