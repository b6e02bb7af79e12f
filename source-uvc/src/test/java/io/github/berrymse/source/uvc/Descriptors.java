package io.github.berrymse.source.uvc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds the USB descriptors of a webcam, as sysfs has them. Confined to one thread. */
final class Descriptors {

    static final String H264_GUID = "41769ea204dee3478b2bf4341aff003b";
    private static final String OTHER_GUID = "41769ea204dee3478b2bf4341aff003c";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Descriptors() {
        add("01 0002 ef0201 40 6d04 4308 0000 010203 02");
    }

    static byte[] ofMuxingCamera() {
        return new Descriptors()
                .configuration(1)
                .control(0, 1)
                .unit(6, H264_GUID, 0x7FFF)
                .streaming(1)
                .uncompressed("YUY2")
                .mjpeg()
                .bytes();
    }

    static byte[] ofEncodingCamera() {
        return new Descriptors()
                .configuration(1)
                .control(0, 1)
                .unit(9, OTHER_GUID, 0x3)
                .unit(12, H264_GUID, 0x4501)
                .streaming(1)
                .uncompressed("YUY2")
                .mjpeg()
                .frameBased("H264")
                .bytes();
    }

    static byte[] ofPlainCamera() {
        return new Descriptors()
                .configuration(1)
                .control(0, 1)
                .streaming(1)
                .mjpeg()
                .uncompressed("YUY2")
                .bytes();
    }

    Descriptors configuration(int value) {
        return add("02 0000 02 %02x 00 80 fa".formatted(value));
    }

    Descriptors control(int number, int streaming) {
        add("04 %02x 00 00 0e 01 00 00".formatted(number));
        return add("24 01 1001 0000 006cdc02 01 %02x".formatted(streaming));
    }

    Descriptors unit(int id, String guid, int selectors) {
        return add("24 06 %02x %s 0f 01 02 02 %02x%02x 00".formatted(id, guid, selectors & 0xFF, selectors >> 8));
    }

    Descriptors streaming(int number) {
        return add("04 %02x 00 01 0e 02 00 00".formatted(number));
    }

    Descriptors mjpeg() {
        return add("24 06 01 02 01 01 00 00 00 00");
    }

    Descriptors uncompressed(String fourcc) {
        return add("24 04 01 01 %s 00001000800000aa00389b71 10 01 00 00 00 00".formatted(hex(fourcc)));
    }

    Descriptors frameBased(String fourcc) {
        return add("24 10 02 02 %s 00001000800000aa00389b71 10 01 00 00 00 00 01".formatted(hex(fourcc)));
    }

    /** One descriptor, to which its length is prefixed. */
    Descriptors add(String hex) {
        String digits = hex.replace(" ", "");
        bytes.write(1 + digits.length() / 2);
        return raw(digits);
    }

    Descriptors raw(String hex) {
        for (int i = 0; i < hex.length(); i += 2) {
            bytes.write(Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private static String hex(String fourcc) {
        StringBuilder digits = new StringBuilder();
        for (byte letter : fourcc.getBytes(StandardCharsets.US_ASCII)) {
            digits.append("%02x".formatted(letter));
        }
        return digits.toString();
    }
}
