package io.github.berrymse.source.file;

import io.github.berrymse.api.CaptureException;
import io.github.berrymse.h264.AccessUnitSplitter;
import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.NalUnitType;
import io.github.berrymse.h264.PictureParameterSet;
import io.github.berrymse.h264.SequenceParameterSet;
import io.github.berrymse.h264.SliceHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An H.264 byte stream that is there as a whole: read once to learn where its access units are, from the first IDR picture
 * on that has its parameter sets ahead, and then one unit at a time when it is due, so that a long recording takes no memory.
 * Confined to the capture thread.
 */
final class Clip implements AutoCloseable {
    private static final long MAX_BYTES = 1L << 30;
    private static final int CHUNK_BYTES = 256 << 10;
    private static final String REMEDY = ": give an H.264 byte stream (Annex B), as ffmpeg writes with -f h264";

    /** Where an access unit is in the stream. Immutable. */
    private record Unit(long position, int size) {}

    private final String name;
    private final FileChannel channel;
    private final ByteBuffer bytes;
    private final List<Unit> units = new ArrayList<>();
    private final AccessUnitSplitter splitter = new AccessUnitSplitter(this::add);
    private final BitSet seen = new BitSet(); // by nal_unit_type
    private SequenceParameterSet sps;
    private boolean hasB;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);

    private Clip(String name, FileChannel channel, ByteBuffer bytes) {
        this.name = name;
        this.channel = channel;
        this.bytes = bytes;
    }

    /** The built-in clip. */
    static Clip demo() throws CaptureException {
        try (InputStream in = Clip.class.getResourceAsStream("demo.h264")) {
            byte[] whole = in.readAllBytes();
            var clip = new Clip("the demo", null, ByteBuffer.wrap(whole).asReadOnlyBuffer());
            clip.splitter.append(clip.bytes.duplicate());
            return clip.checked();
        } catch (IOException e) {
            throw new CaptureException("The demo cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws CaptureException when it cannot be read, is too big, or cannot be played live */
    static Clip open(Path path, String name) throws CaptureException {
        try {
            FileChannel channel = FileChannel.open(path);
            var clip = new Clip(name, channel, null);
            try {
                clip.index(channel);
                return clip.checked();
            } catch (IOException | CaptureException | RuntimeException e) {
                clip.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CaptureException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void index(FileChannel file) throws IOException, CaptureException {
        if (file.size() > MAX_BYTES) {
            throw new CaptureException(name + " has " + (file.size() >> 20) + " MiB, and at most " + (MAX_BYTES >> 20)
                    + " are played from a file: give it through a pipe");
        }
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (boolean isFirst = true; file.read(chunk) >= 0; isFirst = false) {
            chunk.flip();
            if (isFirst) {
                OtherFormat.check(name, chunk);
            }
            splitter.append(chunk);
            chunk.clear();
        }
        if (file.size() == 0) {
            throw new CaptureException(name + " is empty" + REMEDY);
        }
    }

    private Clip checked() throws CaptureException {
        splitter.flush();
        if (units.isEmpty()) {
            throw new CaptureException(name + missing() + REMEDY);
        }
        if (hasB) {
            throw new CaptureException(name + " holds B pictures, which live players show out of order:"
                    + " encode it without them, as x264 does with --bframes 0");
        }
        return this;
    }

    private String missing() {
        if (seen.isEmpty()) {
            return splitter.isPending() ? " holds no picture" : " is no H.264";
        }
        if (!seen.get(NalUnitType.SPS)) {
            return " holds no sequence parameter set (SPS)";
        }
        if (!seen.get(NalUnitType.PPS)) {
            return " holds no picture parameter set (PPS)";
        }
        return seen.get(NalUnitType.IDR_SLICE)
                ? " holds no key frame with its parameter sets ahead"
                : " holds no key frame (IDR picture)";
    }

    private void add(ByteBuffer unit) {
        var types = new BitSet();
        var nalUnits = new NalUnitReader(unit);
        while (nalUnits.next()) {
            if (look(unit, nalUnits)) {
                types.set(nalUnits.type());
            }
        }
        seen.or(types);
        boolean canBegin = types.get(NalUnitType.SPS) && types.get(NalUnitType.PPS) && types.get(NalUnitType.IDR_SLICE);
        if (canBegin || !units.isEmpty()) {
            units.add(new Unit(splitter.unitPosition(), unit.remaining()));
        }
    }

    /** False when it is malformed. */
    private boolean look(ByteBuffer unit, NalUnitReader nalUnit) {
        switch (nalUnit.type()) {
            case NalUnitType.SPS -> {
                var set = SequenceParameterSet.parse(unit, nalUnit.start(), nalUnit.end());
                sps = units.isEmpty() ? set.orElse(sps) : sps;
                return set.isPresent();
            }
            case NalUnitType.PPS -> {
                return PictureParameterSet.parse(unit, nalUnit.start(), nalUnit.end())
                        .isPresent();
            }
            case NalUnitType.IDR_SLICE, NalUnitType.NON_IDR_SLICE, NalUnitType.PARTITION_A -> {
                var slice = SliceHeader.parse(unit, nalUnit.start(), nalUnit.end(), id -> sps);
                hasB |= slice.filter(SliceHeader::isB).isPresent();
                return slice.isPresent();
            }
            default -> {
                return true;
            }
        }
    }

    String name() {
        return name;
    }

    /** Access units, 1 or more; the first is an IDR picture. */
    int size() {
        return units.size();
    }

    long bytes() {
        return units.stream().mapToLong(Unit::size).sum();
    }

    SequenceParameterSet sps() {
        return sps;
    }

    /** The bytes of an access unit, valid until the next call. */
    ByteBuffer unit(int index) throws CaptureException {
        Unit unit = units.get(index);
        if (channel == null) {
            return bytes.slice((int) unit.position, unit.size);
        }
        if (buffer.capacity() < unit.size) {
            buffer = ByteBuffer.allocateDirect(2 * unit.size);
        }
        buffer.clear().limit(unit.size);
        try {
            while (buffer.hasRemaining() && channel.read(buffer, unit.position + buffer.position()) >= 0) {
                continue; // a read may bring less than was asked for
            }
        } catch (IOException e) {
            throw new CaptureException(name + " cannot be read: " + e.getMessage(), e);
        }
        if (buffer.hasRemaining()) {
            throw new CaptureException(name + " became shorter while it played");
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // it was only read
        }
    }
}
