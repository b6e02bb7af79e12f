package io.github.berrymse.h264;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The byte streams that src/test/streams/make made, whole or in parts. */
final class Streams {
    private Streams() {}

    static ByteBuffer read(String name) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(Path.of("src/test/streams", name + ".h264")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteBuffer hex(String bytes) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(bytes.replace(" ", "")));
    }

    static List<Integer> types(ByteBuffer stream) {
        var types = new ArrayList<Integer>();
        var units = new NalUnitReader(stream);
        while (units.next()) {
            types.add(units.type());
        }
        return types;
    }

    static SequenceParameterSet sps(ByteBuffer stream) {
        var units = new NalUnitReader(stream);
        while (units.next()) {
            if (units.type() == NalUnitType.SPS) {
                return SequenceParameterSet.parse(stream, units.start(), units.end())
                        .orElseThrow();
            }
        }
        throw new AssertionError("no sequence parameter set");
    }

    static List<SliceHeader> sliceHeaders(ByteBuffer stream) {
        SequenceParameterSet sps = sps(stream);
        var headers = new ArrayList<SliceHeader>();
        var units = new NalUnitReader(stream);
        while (units.next()) {
            if (NalUnitType.hasSliceHeader(units.type())) {
                headers.add(SliceHeader.parse(stream, units.start(), units.end(), id -> sps)
                        .orElseThrow());
            }
        }
        return headers;
    }

    static List<byte[]> accessUnits(ByteBuffer stream, int chunk, boolean flushes) {
        var units = new ArrayList<byte[]>();
        var splitter = new AccessUnitSplitter(unit -> {
            var copy = new byte[unit.remaining()];
            unit.get(copy);
            units.add(copy);
        });
        for (int at = 0; at < stream.limit(); at += chunk) {
            splitter.append(stream.slice(at, Math.min(chunk, stream.limit() - at)));
        }
        if (flushes) {
            splitter.flush();
        }
        return units;
    }
}
