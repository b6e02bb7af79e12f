package com.example.source.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes a byte stream with start codes (ITU-T H.264 Annex B) of what MP4 has with lengths. */
final class ByteStream {
    private static final int START_CODE = 1; // in 4 bytes

    private ByteStream() {}

    /** SPS and PPS, from the box avcC of an initialization segment (ISO/IEC 14496-15 5.3.3.1). */
    static void putParameterSets(ByteBuffer init, ByteBuffer to) {
        String boxes = StandardCharsets.ISO_8859_1.decode(init.duplicate()).toString();
        init.position(boxes.indexOf("avcC") + 9);
        for (int bitsOfCount : new int[] {0x1f, 0xff}) {
            for (int left = init.get() & bitsOfCount; left > 0; left--) {
                putNalUnit(init, init.getShort() & 0xffff, to);
            }
        }
    }

    /** A sample (5.3.2): NAL units, each after its length in 4 bytes. */
    static void putSample(ByteBuffer sample, ByteBuffer to) {
        while (sample.hasRemaining()) {
            putNalUnit(sample, sample.getInt(), to);
        }
    }

    private static void putNalUnit(ByteBuffer from, int size, ByteBuffer to) {
        to.putInt(START_CODE).put(from.slice(from.position(), size));
        from.position(from.position() + size);
    }
}
