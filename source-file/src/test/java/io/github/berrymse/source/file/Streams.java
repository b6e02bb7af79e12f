package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.h264.AccessUnitSplitter;
import io.github.berrymse.h264.NalUnitReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The byte streams of h264/src/test/streams, and settings to play them. */
final class Streams {
    private Streams() {}

    /** An access unit that was handed over, with its bytes. */
    record Unit(byte[] bytes, long captureTimeUs, int lostBefore) {
        static Unit of(AccessUnit unit) {
            var bytes = new byte[unit.data().remaining()];
            unit.data().get(bytes);
            return new Unit(bytes, unit.captureTimeUs(), unit.lostBefore());
        }
    }

    static Path path(String name) {
        return Path.of("..", "h264", "src", "test", "streams", name + ".h264");
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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

    static CameraSettings settings(String source, String device, String file, double framesPerSecond, String framing) {
        return new CameraSettings(
                "camera", source, device, 64, 48, -1, -1, framesPerSecond, 0, "", Map.of(), file, framing, Map.of());
    }

    static CameraSettings device(String device) {
        return settings("auto", device, "", 0, "annexb");
    }
}
