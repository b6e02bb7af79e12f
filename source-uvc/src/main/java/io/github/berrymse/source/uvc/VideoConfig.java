package io.github.berrymse.source.uvc;

import io.github.berrymse.v4l2.FrameRate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code uvcx_video_config_probe_commit} (UVC H.264 1.0, 3.3.1): all that the encoder is set to before it streams. Some
 * cameras have more or fewer bytes of it; a field that is not there reads 0 and takes nothing. Confined to one thread.
 */
final class VideoConfig {

    /** The fields that are used here, by their place in the struct, which is packed and little-endian. */
    enum Field {
        /** dwFrameInterval, in units of 100 ns. */
        FRAME_INTERVAL(0, 4),
        /** dwBitRate, bits per second. */
        BIT_RATE(4, 4),
        /** bmHints, the {@code HINT_} bits of the fields that the camera is to keep as they are. */
        HINTS(8, 2),
        WIDTH(12, 2),
        HEIGHT(14, 2),
        /** wSliceUnits, by {@link #SLICE_MODE}. */
        SLICE_UNITS(16, 2),
        /** wSliceMode: 0 for one slice in each picture. */
        SLICE_MODE(18, 2),
        /** wProfile: profile_idc and constraint flags, the first two bytes of an SPS. */
        PROFILE(20, 2),
        /** wIFramePeriod, milliseconds from one IDR picture to the next; 0 for the camera's choice. */
        I_FRAME_PERIOD(22, 2),
        /** bUsageType: 1 for real time. */
        USAGE_TYPE(28, 1),
        /** bRateControlMode: 1 constant bit rate, 2 variable, 3 constant quantiser. */
        RATE_CONTROL_MODE(29, 1),
        /** bStreamMuxOption: bit 0 for an auxiliary stream within the format, bit 1 for H.264 as that. */
        STREAM_MUX_OPTION(33, 1),
        /** bStreamFormat: 0 for Annex B. */
        STREAM_FORMAT(34, 1),
        /** bNumOfReorderFrames: pictures that may precede another in decoding and follow it in output. */
        REORDER_FRAMES(37, 1);

        private final int offset;
        private final int size;

        Field(int offset, int size) {
            this.offset = offset;
            this.size = size;
        }
    }

    static final int HINT_RESOLUTION = 0x1;
    static final int HINT_PROFILE = 0x2;
    static final int HINT_RATE_CONTROL = 0x4;
    static final int HINT_USAGE = 0x8;
    static final int HINT_SLICE_MODE = 0x10;
    static final int HINT_FRAME_INTERVAL = 0x800;
    static final int HINT_BIT_RATE = 0x2000;
    static final int HINT_I_FRAME_PERIOD = 0x8000;

    /** Of {@link Field#FRAME_INTERVAL}. */
    static final double UNITS_PER_MS = 10_000;

    private final byte[] bytes;

    /** @param bytes as the camera gave them; changed by {@link #put} */
    VideoConfig(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    long get(Field field) {
        if (field.offset + field.size > bytes.length) {
            return 0;
        }
        ByteBuffer struct = struct();
        return switch (field.size) {
            case Byte.BYTES -> struct.get(field.offset) & 0xFF;
            case Short.BYTES -> struct.getShort(field.offset) & 0xFFFF;
            default -> Integer.toUnsignedLong(struct.getInt(field.offset));
        };
    }

    /** Pictures from one IDR picture to the next; 0 for the camera's choice. */
    long keyFrameIntervalFrames() {
        return Math.round(get(Field.I_FRAME_PERIOD) * UNITS_PER_MS / Math.max(1, get(Field.FRAME_INTERVAL)));
    }

    /** As {@code camera.profile} names it. */
    String profile() {
        int bits = (int) get(Field.PROFILE);
        return switch (bits >> 8) {
            case 0x42 -> (bits & 0x40) != 0 ? "constrained-baseline" : "baseline";
            case 0x4D -> "main";
            case 0x64 -> "high";
            default -> "0x" + Integer.toHexString(bits);
        };
    }

    VideoConfig put(Field field, long value) {
        if (field.offset + field.size <= bytes.length) {
            ByteBuffer struct = struct();
            switch (field.size) {
                case Byte.BYTES -> struct.put(field.offset, (byte) value);
                case Short.BYTES -> struct.putShort(field.offset, (short) value);
                default -> struct.putInt(field.offset, (int) value);
            }
        }
        return this;
    }

    /** By {@link Field#FRAME_INTERVAL}, whose units cut most rates off; unknown when the camera leaves it out. */
    FrameRate rate() {
        long interval = get(Field.FRAME_INTERVAL);
        return interval > 0 ? FrameRate.of(1000 * UNITS_PER_MS / interval) : FrameRate.UNKNOWN;
    }

    private ByteBuffer struct() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
