package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.source.file.Streams.Unit;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real FIFO, written to by the test: access units arrive as soon as they are there. */
@Timeout(60)
class PipeCaptureTest {
    private static final int LONG_MS = 20_000;

    @TempDir
    Path folder;

    private final List<Unit> units = new ArrayList<>();
    private Path pipe;
    private Capture capture;
    private OutputStream writer;

    @BeforeEach
    void makePipe() throws Exception {
        pipe = Pipe.make(folder);
    }

    @AfterEach
    void close() throws Exception {
        capture.close();
        writer.close();
    }

    @Test
    void aPictureArrivesBeforeTheNextBegins() throws Exception {
        open("annexb");
        List<byte[]> pictures = Streams.accessUnits("four-slices");
        for (int i = 0; i < pictures.size(); i++) {
            writer.write(pictures.get(i));
            assertThat(read()).isTrue();
            assertThat(units).hasSize(i + 1);
            assertThat(units.get(i).bytes()).isEqualTo(pictures.get(i));
        }
    }

    @Test
    void aPictureThatThePipeCannotHoldArrivesWhole() throws Exception {
        byte[] picture = large(300_000);
        do {
            units.clear();
            open("annexb");
        } while (wasWriterHeldUp(picture));
        assertThat(units).hasSize(1);
        assertThat(units.get(0).bytes()).isEqualTo(picture);
    }

    /** Writes and reads; by a machine that stood still for as long as a pause that ends a picture, if it is so. */
    private boolean wasWriterHeldUp(byte[] picture) throws Exception {
        var durationNs = new AtomicLong();
        var thread = new Thread(() -> {
            long startNs = System.nanoTime();
            write(picture);
            durationNs.set(System.nanoTime() - startNs);
        });
        thread.start();
        while (thread.isAlive() || units.isEmpty()) {
            capture.read(u -> units.add(Unit.of(u)), 20);
        }
        if (durationNs.get() < TimeUnit.MILLISECONDS.toNanos(Silence.MAX_MS)) {
            return false;
        }
        close();
        return true;
    }

    @Test
    void aPictureWhoseRestTheWriterStillHoldsBackIsNotCutAtItsBlock() throws Exception {
        open("annexb");
        byte[] picture = large(10_000);
        writer.write(picture, 0, 8192);
        assertThat(capture.read(u -> units.add(Unit.of(u)), 30)).isFalse();
        writer.write(picture, 8192, picture.length - 8192);
        assertThat(read()).isTrue();
        assertThat(units.get(0).bytes()).isEqualTo(picture);
    }

    @Test
    void whatIsAlreadyThereIsReadAtOnce() throws Exception {
        open("annexb");
        writer.write(Streams.bytes("main"));
        while (units.size() < 20) {
            read();
        }
        assertThat(units).extracting(Unit::bytes).containsExactlyElementsOf(Streams.accessUnits("main"));
    }

    @Test
    void waitsNoLongerThanAskedForAnIdlePipe() throws Exception {
        open("annexb");
        assertThat(capture.read(u -> units.add(Unit.of(u)), 5)).isFalse();
        assertThat(units).isEmpty();
    }

    @Test
    void anotherFrameRateIsTheWritersAffairAndThePipeIsReadOn() throws Exception {
        open("annexb");
        assertThat(capture.apply(Streams.settings("auto", pipe.toString(), "", 15, "annexb")))
                .isTrue();
        assertThat(capture.format().framesPerSecond()).isEqualTo(15);
        writer.write(Streams.accessUnits("main").get(0));
        assertThat(read()).isTrue();
    }

    @Test
    void theEndOfThePipeGivesTheLastPictureAndThenASentence() throws Exception {
        open("annexb");
        writer.write(Streams.accessUnits("main").get(0));
        writer.close();
        assertThat(read()).isTrue();
        assertThatThrownBy(this::read)
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("The writer closed " + pipe);
    }

    @Test
    void aPipeCanBeOpenedAnewForTheNextWriter() throws Exception {
        open("annexb");
        writer.close();
        assertThatThrownBy(this::read).isInstanceOf(CaptureException.class);
        capture.close();
        open("annexb");
        writer.write(Streams.accessUnits("main").get(0));
        assertThat(read()).isTrue();
    }

    @Test
    void len32HandsOverEachUnitWithItsLastByte() throws Exception {
        open("len32");
        byte[] picture = Streams.accessUnits("four-slices").get(0);
        byte[] framed = framed(List.of(picture));
        writer.write(framed, 0, framed.length - 1);
        assertThat(capture.read(u -> units.add(Unit.of(u)), 10)).isFalse();
        writer.write(framed, framed.length - 1, 1);
        assertThat(read()).isTrue();
        assertThat(units.get(0).bytes()).isEqualTo(picture);
    }

    @Test
    void aLengthThatCannotBeIsOneSentence() throws Exception {
        open("len32");
        writer.write(Streams.bytes("main"), 0, 64);
        writer.write(new byte[] {(byte) 0xff, 0, 0, 0});
        assertThatThrownBy(() -> {
                    while (true) {
                        read();
                    }
                })
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("is its framing really len32?");
    }

    private void open(String framing) throws Exception {
        capture = new FileSource().open(Streams.settings("auto", pipe.toString(), "", 0, framing));
        writer = Files.newOutputStream(pipe);
    }

    private boolean read() throws CaptureException {
        return capture.read(u -> units.add(Unit.of(u)), LONG_MS);
    }

    private void write(byte[] bytes) {
        try {
            writer.write(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A key frame whose slice goes on for long. */
    private static byte[] large(int size) {
        byte[] key = Streams.accessUnits("main").get(0);
        byte[] large = java.util.Arrays.copyOf(key, size);
        java.util.Arrays.fill(large, key.length, size, (byte) 0x5a);
        return large;
    }

    static byte[] framed(List<byte[]> pictures) {
        var framed = new ByteArrayOutputStream();
        for (byte[] picture : pictures) {
            framed.writeBytes(ByteBuffer.allocate(4).putInt(picture.length).array());
            framed.writeBytes(picture);
        }
        return framed.toByteArray();
    }
}
