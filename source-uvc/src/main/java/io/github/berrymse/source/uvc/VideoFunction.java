package io.github.berrymse.source.uvc;

import io.github.berrymse.v4l2.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the USB descriptors say of one video function (UVC 1.1, 3): the formats that it streams, and its H.264 extension
 * unit. Corrupt descriptors end the walk; what came before them counts. Immutable.
 *
 * @param formats as V4L2 calls them, such as {@code H264}, {@code MJPG} and {@code YUYV}, in the camera's order
 * @param h264Unit the id of the extension unit of UVC H.264 1.0, the first where there are several, or 0 for none
 * @param h264Selectors the controls that it has: bit 0 for selector 1
 */
record VideoFunction(List<String> formats, int h264Unit, int h264Selectors) {

    private static final int CONFIGURATION = 2;
    private static final int INTERFACE = 4;
    private static final int CS_INTERFACE = 0x24;
    private static final int CLASS_VIDEO = 0x0E;
    private static final int VIDEO_CONTROL = 1;
    private static final int VIDEO_STREAMING = 2;
    private static final int VC_HEADER = 1;
    private static final int VC_EXTENSION_UNIT = 6;
    private static final int VS_FORMAT_UNCOMPRESSED = 0x04;
    private static final int VS_FORMAT_MJPEG = 0x06;
    private static final int VS_FORMAT_FRAME_BASED = 0x10;
    private static final int GUID_SIZE = 16;

    /** {A29E7641-DE04-47E3-8B2B-F4341AFF003B} as it is on the wire. */
    private static final ByteBuffer H264_GUID = ByteBuffer.wrap(new byte[] {
        0x41,
        0x76,
        (byte) 0x9E,
        (byte) 0xA2,
        0x04,
        (byte) 0xDE,
        (byte) 0xE3,
        0x47,
        (byte) 0x8B,
        0x2B,
        (byte) 0xF4,
        0x34,
        0x1A,
        (byte) 0xFF,
        0x00,
        0x3B
    });

    boolean hasH264() {
        return formats.contains(PixelFormat.H264);
    }

    /** Whether H.264 may come within the pictures of MJPEG: only the unit itself knows for sure. */
    boolean mayMuxH264() {
        return h264Unit != 0 && formats.contains(Webcam.MJPG);
    }

    /**
     * Walks the descriptors.
     *
     * @param descriptors the device's and those of all its configurations, one after the other, as sysfs has them
     * @param configuration bConfigurationValue of the one in use
     * @param interfaceNumber of the function's VideoControl interface
     */
    static VideoFunction parse(byte[] descriptors, int configuration, int interfaceNumber) {
        return new Walk(descriptors, configuration, interfaceNumber).result();
    }

    /** One walk through the descriptors. Confined to one thread. */
    private static final class Walk {
        private final byte[] data;
        private final int configuration;
        private final int control;
        private final Set<Integer> streaming = new TreeSet<>();
        private final List<String> formats = new ArrayList<>();
        private int unit;
        private int selectors;

        private boolean isInConfiguration;
        private boolean isInControl;
        private boolean isInStreaming;

        Walk(byte[] data, int configuration, int control) {
            this.data = data;
            this.configuration = configuration;
            this.control = control;
        }

        VideoFunction result() {
            int at = 0;
            while (at + 2 <= data.length && u8(at) >= 2 && at + u8(at) <= data.length) {
                visit(at, u8(at));
                at += u8(at);
            }
            return new VideoFunction(Collections.unmodifiableList(formats), unit, selectors);
        }

        private void visit(int at, int length) {
            int type = u8(at + 1);
            if (type == CONFIGURATION && length >= 6) {
                isInConfiguration = u8(at + 5) == configuration;
            } else if (type == INTERFACE && length >= 9) {
                enter(at);
            } else if (type == CS_INTERFACE && length >= 3 && isInControl) {
                control(at, length);
            } else if (type == CS_INTERFACE && length >= 3 && isInStreaming) {
                streaming(at, length);
            }
        }

        private void enter(int at) {
            boolean isVideo = isInConfiguration && u8(at + 5) == CLASS_VIDEO;
            isInControl = isVideo && u8(at + 6) == VIDEO_CONTROL && u8(at + 2) == control;
            isInStreaming = isVideo && u8(at + 6) == VIDEO_STREAMING && streaming.contains(u8(at + 2));
        }

        private void control(int at, int length) {
            int subtype = u8(at + 2);
            if (subtype == VC_HEADER && length >= 12) {
                for (int i = 0; i < u8(at + 11) && 12 + i < length; i++) {
                    streaming.add(u8(at + 12 + i));
                }
            } else if (subtype == VC_EXTENSION_UNIT && length >= 23) {
                extensionUnit(at, length);
            }
        }

        private void extensionUnit(int at, int length) {
            int size = 22 + u8(at + 21); // where bControlSize is, behind the pins
            boolean isWhole = size < length && size + u8(at + size) < length;
            if (unit == 0 && isWhole && ByteBuffer.wrap(data, at + 4, GUID_SIZE).equals(H264_GUID)) {
                unit = u8(at + 3);
                for (int i = Math.min(Integer.BYTES, u8(at + size)); i > 0; i--) {
                    selectors = selectors << 8 | u8(at + size + i);
                }
            }
        }

        private void streaming(int at, int length) {
            String format =
                    switch (u8(at + 2)) {
                        case VS_FORMAT_MJPEG -> Webcam.MJPG;
                        case VS_FORMAT_UNCOMPRESSED, VS_FORMAT_FRAME_BASED -> length >= 9 ? fourcc(at + 5) : "";
                        default -> "";
                    };
            if (!format.isEmpty() && !formats.contains(format)) {
                formats.add(format);
            }
        }

        /** A format's GUID begins with its four letters. */
        private String fourcc(int at) {
            String letters = new String(data, at, 4, StandardCharsets.US_ASCII)
                    .replaceAll("[^ -~]", "")
                    .strip();
            return letters.equals("YUY2") ? "YUYV" : letters;
        }

        private int u8(int at) {
            return data[at] & 0xFF;
        }
    }
}
