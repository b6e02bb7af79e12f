package io.github.berrymse.codec.fmp4;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.Packager;
import io.github.berrymse.h264.AccessUnitSplitter;
import io.github.berrymse.h264.NalUnitReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The byte streams of h264/src/test/streams, packed. */
final class Streams {
    static final long FRAME_US = 33_333;

    private Streams() {}

    static List<byte[]> accessUnits(String name) {
        var units = new ArrayList<byte[]>();
        var splitter = new AccessUnitSplitter(unit -> {
            var copy = new byte[unit.remaining()];
            unit.get(copy);
            units.add(copy);
        });
        splitter.append(ByteBuffer.wrap(bytes(name)));
        splitter.flush();
        return units;
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(Path.of("..", "h264", "src", "test", "streams", name + ".h264"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs access units that come at 30 frames per second. */
    static List<Fragment> pack(Packager packager, List<byte[]> units) {
        var fragments = new ArrayList<Fragment>();
        for (int i = 0; i < units.size(); i++) {
            packager.write(unit(units.get(i), 1_000_000 + i * FRAME_US, 0), fragments::add);
        }
        return fragments;
    }

    static List<Fragment> pack(String name) {
        return pack(new Fmp4Packager(), accessUnits(name));
    }

    static List<Fragment> packTurned(String name, int degrees) {
        var packager = new Fmp4Packager();
        packager.rotate(degrees);
        return pack(packager, accessUnits(name));
    }

    static AccessUnit unit(byte[] bytes, long captureTimeUs, int lostBefore) {
        return new AccessUnit(ByteBuffer.wrap(bytes), captureTimeUs, lostBefore);
    }

    static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    static byte[] message(Fragment fragment, int sequenceNumber) {
        ByteBuffer message =
                ByteBuffer.allocate(fragment.headerSize() + fragment.payload().remaining());
        fragment.putHeader(message, sequenceNumber, fragment.decodeTimeTicks(), fragment.durationTicks());
        return message.put(fragment.payload()).array();
    }

    /** A whole file: what one viewer gets. */
    static byte[] file(List<Fragment> fragments) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(bytes(fragments.get(0).init().bytes()));
        for (int i = 0; i < fragments.size(); i++) {
            file.writeBytes(message(fragments.get(i), i + 1));
        }
        return file.toByteArray();
    }

    static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The nal_unit_type of each NAL unit in a sample. */
    static List<Integer> nalUnitTypes(Fragment fragment) {
        var types = new ArrayList<Integer>();
        ByteBuffer sample = fragment.payload();
        while (sample.hasRemaining()) {
            int size = sample.getInt();
            types.add(sample.get(sample.position()) & 0x1f);
            sample.position(sample.position() + size);
        }
        return types;
    }

    /** The unit without its NAL units of some types. */
    static byte[] without(byte[] unit, Integer... types) {
        var rest = new ByteArrayOutputStream();
        var units = new NalUnitReader(ByteBuffer.wrap(unit));
        while (units.next()) {
            if (!List.of(types).contains(units.type())) {
                rest.writeBytes(new byte[] {0, 0, 0, 1});
                rest.write(unit, units.start(), units.size());
            }
        }
        return rest.toByteArray();
    }
}
