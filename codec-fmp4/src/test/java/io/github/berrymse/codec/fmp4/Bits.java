package io.github.berrymse.codec.fmp4;

import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.NalUnitType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Changes syntax elements of NAL units that x264 made. What follows a changed one is not decoded by anybody. */
final class Bits {
    private static final int SLICE_PPS_ID = 2; // after first_mb_in_slice and slice_type
    private static final int PPS_ID = 0;

    private Bits() {}

    /** The unit with another pic_parameter_set_id in its slices from a first one on, and in its picture parameter sets. */
    static byte[] withPpsId(byte[] unit, int firstSlice, int ppsId) {
        var changed = new ByteArrayOutputStream();
        var units = new NalUnitReader(ByteBuffer.wrap(unit));
        int slices = 0;
        while (units.next()) {
            byte[] nalUnit = java.util.Arrays.copyOfRange(unit, units.start(), units.end());
            changed.writeBytes(new byte[] {0, 0, 0, 1});
            if (units.type() == NalUnitType.PPS) {
                changed.writeBytes(withUe(nalUnit, PPS_ID, ppsId));
            } else if (NalUnitType.isVcl(units.type()) && slices++ >= firstSlice) {
                changed.writeBytes(withUe(nalUnit, SLICE_PPS_ID, ppsId));
            } else {
                changed.writeBytes(nalUnit);
            }
        }
        return changed.toByteArray();
    }

    /** With another value in an Exp-Golomb code, counted from the unit's header on. */
    private static byte[] withUe(byte[] nalUnit, int index, int value) {
        String bits = bits(nalUnit);
        int at = 8;
        for (int i = 0; i < index; i++) {
            at = endOfUe(bits, at);
        }
        String code = Integer.toBinaryString(value + 1);
        String rest = bits.substring(endOfUe(bits, at), bits.lastIndexOf('1') + 1);
        return nalUnit(bits.substring(0, at) + "0".repeat(code.length() - 1) + code + rest);
    }

    private static int endOfUe(String bits, int at) {
        int one = bits.indexOf('1', at);
        return one + one - at + 1;
    }

    private static String bits(byte[] nalUnit) {
        var bits = new StringBuilder();
        for (int i = 0; i < nalUnit.length; i++) {
            boolean isPrevention = i >= 2 && nalUnit[i] == 3 && nalUnit[i - 1] == 0 && nalUnit[i - 2] == 0;
            if (!isPrevention) {
                bits.append(Integer.toBinaryString(nalUnit[i] & 0xff | 0x100).substring(1));
            }
        }
        return bits.toString();
    }

    private static byte[] nalUnit(String bits) {
        String whole = bits + "0".repeat((8 - bits.length() % 8) % 8);
        var bytes = new ByteArrayOutputStream();
        int zeros = 0;
        for (int at = 0; at < whole.length(); at += 8) {
            int value = Integer.parseInt(whole.substring(at, at + 8), 2);
            if (zeros >= 2 && value <= 3) {
                bytes.write(3);
                zeros = 0;
            }
            bytes.write(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return bytes.toByteArray();
    }
}
