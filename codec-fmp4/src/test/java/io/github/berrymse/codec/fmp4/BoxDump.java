package io.github.berrymse.codec.fmp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Boxes as readable text: one line each, indented as they are nested, with the fields that matter or else in hex. */
final class BoxDump {
    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf");

    private final StringBuilder text = new StringBuilder();

    private BoxDump() {}

    static String of(byte[] bytes) {
        var dump = new BoxDump();
        dump.boxes(ByteBuffer.wrap(bytes), 0, "");
        return dump.text.toString();
    }

    private void boxes(ByteBuffer bytes, int base, String indent) {
        while (bytes.hasRemaining()) {
            int at = bytes.position();
            int size = bytes.getInt();
            var letters = new byte[4];
            bytes.get(letters);
            String type = new String(letters, StandardCharsets.US_ASCII);
            ByteBuffer contents = bytes.slice(at + 8, size - 8);
            bytes.position(at + size);
            text.append(indent)
                    .append(type)
                    .append(" @")
                    .append(base + at)
                    .append(" +")
                    .append(size);
            if (CONTAINERS.contains(type)) {
                text.append('\n');
                boxes(contents, base + at + 8, indent + "  ");
            } else {
                text.append(fields(type, contents)).append('\n');
                children(type, contents, base + at + 8, indent + "  ");
            }
        }
    }

    private void children(String type, ByteBuffer contents, int base, String indent) {
        int from = type.equals("stsd") ? 8 : type.equals("avc1") ? 78 : contents.limit();
        boxes(contents.slice(from, contents.limit() - from), base + from, indent);
    }

    private static String fields(String type, ByteBuffer in) {
        return switch (type) {
            case "mvhd", "mdhd" -> String.format(
                    Locale.ROOT, " timescale=%d duration=%d", in.getInt(12), in.getInt(16));
            case "tkhd" -> String.format(
                    Locale.ROOT,
                    " flags=%x track=%d matrix=%s %s %s %s %s %s size=%sx%s",
                    in.getInt(0),
                    in.getInt(12),
                    fixed(in, 40),
                    fixed(in, 44),
                    fixed(in, 52),
                    fixed(in, 56),
                    fixed(in, 64),
                    fixed(in, 68),
                    fixed(in, 76),
                    fixed(in, 80));
            case "stsd" -> String.format(Locale.ROOT, " entries=%d", in.getInt(4));
            case "avc1" -> String.format(Locale.ROOT, " size=%dx%d", in.getShort(24), in.getShort(26));
            case "pasp" -> String.format(Locale.ROOT, " %d:%d", in.getInt(0), in.getInt(4));
            case "trex" -> String.format(
                    Locale.ROOT, " track=%d description=%d flags=%08x", in.getInt(4), in.getInt(8), in.getInt(20));
            case "mfhd" -> String.format(Locale.ROOT, " sequence=%d", in.getInt(4));
            case "tfhd" -> String.format(
                    Locale.ROOT, " flags=%06x track=%d sample=%08x", in.getInt(0), in.getInt(4), in.getInt(8));
            case "tfdt" -> String.format(Locale.ROOT, " version=%d time=%d", in.get(0), in.getLong(4));
            case "trun" -> trun(in);
            case "mdat" -> "";
            default -> " " + HexFormat.of().formatHex(Streams.bytes(in));
        };
    }

    private static String trun(ByteBuffer in) {
        return String.format(
                Locale.ROOT,
                " flags=%06x samples=%d offset=%d first=%08x duration=%d size=%d",
                in.getInt(0),
                in.getInt(4),
                in.getInt(8),
                in.getInt(12),
                in.getInt(16),
                in.getInt(20));
    }

    private static String fixed(ByteBuffer in, int at) {
        double value = in.getInt(at) / 65536.0;
        return value == Math.rint(value) ? String.valueOf((int) value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
