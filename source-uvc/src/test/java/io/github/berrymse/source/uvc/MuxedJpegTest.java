package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEGs as cameras send them, and as they arrive when something went wrong. The seeds are fixed. */
class MuxedJpegTest {
    private static final int MUTATIONS = 5000;
    private static final byte[] UNIT = accessUnit(5000);

    private final MuxedJpeg demultiplexer = new MuxedJpeg();

    @ParameterizedTest
    @ValueSource(
            ints = {
                5,
                4000,
                JpegBuilder.FIRST_SEGMENT, // one segment
                JpegBuilder.FIRST_SEGMENT + 1,
                100_000,
                JpegBuilder.FIRST_SEGMENT + JpegBuilder.SEGMENT, // two
                JpegBuilder.FIRST_SEGMENT + JpegBuilder.SEGMENT + 1,
                180_000, // three
                1_200_000
            })
    void accessUnitOfAnySizeComesOutAsItWentIn(int size) throws IOException {
        byte[] unit = accessUnit(size);
        byte[] jpeg = new JpegBuilder().h264(unit).build();
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)))
                .as("a JPEG to others")
                .isNotNull();
        assertThat(demultiplexed(jpeg)).isEqualTo(unit);
        assertThat(demultiplexer.malformed()).isZero();
    }

    @Test
    void segmentsMayBeOfAnySizes() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] unit = accessUnit(5 + random.nextInt(150_000));
            int[] sizes = random.ints(random.nextInt(20), 0, JpegBuilder.FIRST_SEGMENT)
                    .toArray();
            byte[] jpeg = new JpegBuilder().h264(unit, sizes).build();
            assertThat(demultiplexed(jpeg)).as(Arrays.toString(sizes)).isEqualTo(unit);
        }
        assertThat(demultiplexer.malformed()).isZero();
    }

    @Test
    void payloadBeginsWhereTheHeaderEndsByItsOwnLength() {
        assertThat(demultiplexed(new JpegBuilder().headerLength(30).h264(UNIT).build()))
                .isEqualTo(UNIT);
    }

    @Test
    void pictureMayBeLeftOutOfTheContainer() {
        assertThat(demultiplexed(new JpegBuilder().h264(UNIT, 100).buildContainer()))
                .isEqualTo(UNIT);
    }

    @Test
    void onlyTheBuffersBytesCount() {
        byte[] jpeg = new JpegBuilder().h264(UNIT, 1000, 1000).build();
        ByteBuffer padded = ByteBuffer.allocateDirect(jpeg.length + 40)
                .position(17)
                .put(jpeg)
                .flip()
                .position(17);
        assertThat(bytes(demultiplexer.accessUnit(padded))).isEqualTo(UNIT);
        assertThat(padded.position()).isEqualTo(17);
        assertThat(padded.limit()).isEqualTo(17 + jpeg.length);
    }

    @Test
    void oneSegmentIsNotCopied() {
        ByteBuffer jpeg = ByteBuffer.wrap(new JpegBuilder().h264(UNIT).build());
        ByteBuffer unit = demultiplexer.accessUnit(jpeg);
        assertThat(unit.array()).isSameAs(jpeg.array());
    }

    @Test
    void plainJpegHasNone() {
        assertThat(demultiplexed(new JpegBuilder().build())).isNull();
        assertThat(demultiplexed(new JpegBuilder().segment(0xE4, new byte[5]).build()))
                .as("another APP4")
                .isNull();
        assertThat(demultiplexed(new JpegBuilder().h264(new byte[0]).build()))
                .as("left out")
                .isNull();
        assertThat(demultiplexer.malformed()).isZero();
    }

    @Test
    void otherStreamsAndOtherSegmentsArePassedOver() {
        byte[] jpeg = new JpegBuilder()
                .segment(0xE1, new byte[300]).stream("YUY2", accessUnit(90_000))
                        .segment(0xFE, "a comment".getBytes())
                        .h264(UNIT, 700)
                        .stream("NV12", accessUnit(300))
                        .build();
        assertThat(demultiplexed(jpeg)).isEqualTo(UNIT);
    }

    @Test
    void ofTwoAccessUnitsTheFirstCounts() {
        assertThat(demultiplexed(
                        new JpegBuilder().h264(UNIT).h264(accessUnit(99)).build()))
                .isEqualTo(UNIT);
    }

    @Test
    void paddingBetweenAndInSegmentsIsPassedOver() {
        var builder = new JpegBuilder().raw(0, 0, 0, 0xFF, 0xFF).h264(UNIT, 1000);
        assertThat(demultiplexed(builder.build())).isEqualTo(UNIT);

        byte[] jpeg = new JpegBuilder().h264(UNIT).build();
        jpeg[46] -= 100; // the size field: 20 + 4 + 22
        byte[] shorter = Arrays.copyOf(UNIT, Byte.toUnsignedInt(jpeg[46]) | Byte.toUnsignedInt(jpeg[47]) << 8);
        assertThat(demultiplexed(jpeg)).isEqualTo(shorter).hasSizeLessThan(UNIT.length);
    }

    @Test
    void damageGivesNothingAndIsCounted() {
        byte[] sound = new JpegBuilder().h264(UNIT, 2000, 2000).build();
        int[] damages = {
            0, // no JPEG
            23, // the first segment's length: it ends early, and what follows is no marker
            27, // wHeaderLength: beyond the segment
            47, // the payload's size: more than the JPEG has
            53, // no start code
        };
        for (int at : damages) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 0x70;
            assertThat(demultiplexed(damaged)).as("byte %d", at).isNull();
        }
        assertThat(demultiplexer.malformed()).isEqualTo(damages.length);
        assertThat(demultiplexed(sound)).as("the next one").isEqualTo(UNIT);
    }

    @Test
    void missingSegmentIsDamage() {
        byte[] jpeg = new JpegBuilder().h264(UNIT, 2000).build();
        byte[] first = Arrays.copyOf(jpeg, 20 + 4 + 22 + 4 + 2000);
        byte[] rest = new JpegBuilder().build();
        byte[] joined = Arrays.copyOf(first, first.length + rest.length - 20);
        System.arraycopy(rest, 20, joined, first.length, rest.length - 20);
        assertThat(demultiplexed(joined)).isNull();
        assertThat(demultiplexer.malformed()).isEqualTo(1);
    }

    @Test
    void jpegMayEndAnywhere() {
        byte[] jpeg = new JpegBuilder().h264(accessUnit(3000), 1000, 1000).build();
        int whole = 20 + 4 + 22 + 4 + 3000 + 4 + 4;
        for (int size = 0; size < whole; size++) {
            assertThat(demultiplexed(Arrays.copyOf(jpeg, size)))
                    .as("%d bytes", size)
                    .isNull();
        }
        assertThat(demultiplexer.malformed()).isEqualTo(whole);
        assertThat(demultiplexed(Arrays.copyOf(jpeg, whole)))
                .as("its picture is not needed")
                .hasSize(3000);
    }

    @Test
    void whateverIsWrongNothingIsThrownAndNothingIsAdded() {
        var random = new Random(20260101);
        byte[] sound = new JpegBuilder()
                .segment(0xE1, new byte[60])
                .h264(accessUnit(900), 200, 300)
                .build();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int changes = 1 + random.nextInt(8); changes > 0 && mutated.length > 0; changes--) {
                mutated[random.nextInt(Math.min(mutated.length, 700))] = interesting(random);
            }
            byte[] unit = demultiplexed(mutated);
            if (unit != null) {
                assertThat(unit.length).as("mutation %d", i).isBetween(3, mutated.length);
            }
        }
    }

    @Test
    void noiseHasNone() {
        var random = new Random(3);
        var noise = new byte[4096];
        for (int i = 0; i < MUTATIONS; i++) {
            random.nextBytes(noise);
            noise[0] = (byte) 0xFF;
            noise[1] = (byte) 0xD8;
            assertThat(demultiplexed(noise)).isNull();
        }
    }

    private static byte interesting(Random random) {
        byte[] often = {0, 1, -1, (byte) 0xE4, (byte) 0xDA, (byte) 0xD9, 0x7F, (byte) 0x80};
        return random.nextBoolean() ? often[random.nextInt(often.length)] : (byte) random.nextInt();
    }

    private byte[] demultiplexed(byte[] jpeg) {
        ByteBuffer unit = demultiplexer.accessUnit(ByteBuffer.wrap(jpeg).asReadOnlyBuffer());
        return unit == null ? null : bytes(unit);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** A start code and then anything, with markers in it that are none. */
    private static byte[] accessUnit(int size) {
        var unit = new byte[size];
        new Random(size).nextBytes(unit);
        for (int i = 100; i + 1 < size; i += 100) {
            unit[i] = (byte) 0xFF;
            unit[i + 1] = (byte) (i % 200 == 0 ? 0xE4 : 0xDA);
        }
        System.arraycopy(new byte[] {0, 0, 0, 1}, 0, unit, 0, 4);
        return unit;
    }
}
