package io.github.berrymse.transport.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.transport.hls.TestCamera.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    private final TestCamera camera = new TestCamera();

    private static List<Integer> partMs(MediaSegment segment) {
        return segment.parts().stream()
                .map(part -> part.durationTicks() * 1000 / TestFragment.TIMESCALE)
                .toList();
    }

    private static List<Boolean> startsWithSync(List<MediaSegment> segments) {
        return segments.stream()
                .map(segment -> segment.parts().get(0).isIndependent())
                .toList();
    }

    /** The promises of the playlist, for every segment and part that it lists. */
    private static void checkPromises(Playlist playlist) {
        for (MediaSegment segment : playlist.listed()) {
            assertThat(Math.round(segment.seconds()))
                    .as("segment %s", segment.sequenceNumber())
                    .isLessThanOrEqualTo(segment.pace().targetDurationS());
            int partTargetMs = segment.pace().partTargetMs();
            List<Integer> parts = partMs(segment);
            assertThat(parts).allMatch(ms -> ms <= partTargetMs);
            assertThat(parts.subList(0, parts.size() - (segment.isWhole() ? 1 : 0)))
                    .as("parts but the last, of %s", partTargetMs)
                    .allMatch(ms -> ms >= Math.floor(0.85 * partTargetMs));
        }
    }

    /** Decode times without a hole but at discontinuities, sequence numbers without a gap. */
    private static void checkContiguous(Playlist playlist) {
        int sequenceNumber = 0;
        long endTicks = 0;
        for (MediaSegment segment : playlist.listed()) {
            if (segment.isDiscontinuity()) {
                endTicks = Sample.of(segment).get(0).decodeTimeTicks();
            }
            for (Sample sample : Sample.of(segment)) {
                assertThat(sample.sequenceNumber()).isEqualTo(++sequenceNumber);
                assertThat(sample.decodeTimeTicks()).isEqualTo(endTicks);
                assertThat(sample.durationTicks()).isPositive();
                endTicks += sample.durationTicks();
            }
        }
    }

    @Test
    void aSegmentIsAGroupOfPictures() {
        camera.groups(3, 60, 30).groups(1, 10, 30);

        assertThat(camera.seconds()).containsExactly(2.0, 2.0, 2.0, 0.3);
        assertThat(startsWithSync(camera.listed())).containsOnly(true);
        assertThat(camera.listed().get(0).sequenceNumber()).isEqualTo(TestCamera.FIRST_NUMBER);
        assertThat(camera.listed().get(2).isWhole()).isTrue();
        assertThat(camera.listed().get(3).isWhole()).isFalse();
        checkContiguous(camera.playlist());
    }

    @Test
    void aPartIsThereAsSoonAsItIsLongEnough() {
        camera.groups(1, 8, 30);
        assertThat(camera.playlist().hasBegun()).isFalse();
        camera.others(1, 30);
        assertThat(partMs(camera.listed().get(0))).containsExactly(300);
        camera.others(51, 30).groups(1, 1, 30);
        assertThat(partMs(camera.listed().get(0))).containsExactly(300, 300, 300, 300, 300, 300, 200);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 2, 2.9, 3, 4, 5, 6, 7.5, 8, 10, 12, 12.5, 15, 20, 24, 25, 29.97, 30, 50, 60, 120})
    void partsKeepTheirLengthAtAnyFrameRate(double framesPerSecond) {
        int group = (int) Math.ceil(2 * framesPerSecond);
        TestCamera known = new TestCamera(TestCamera.LIMITS, group / framesPerSecond, 1 / framesPerSecond);
        known.jitter(0.1).groups(5, group, framesPerSecond);

        checkPromises(known.playlist());
        checkContiguous(known.playlist());
        assertThat(startsWithSync(known.listed())).containsOnly(true);
        assertThat(known.listed()).hasSize(5).allMatch(segment -> segment.pace()
                .equals(known.playlist().pace()));
    }

    @ParameterizedTest
    @CsvSource({"30, 5", "5, 30", "30, 8", "15, 12", "60, 4"})
    void partsKeepTheirLengthWhenTheFrameRateChanges(double from, double to) {
        camera.jitter(0.1).groups(2, (int) (2 * from), from).groups(3, (int) (2 * to), to);

        checkPromises(camera.playlist());
        checkContiguous(camera.playlist());
        double seconds = camera.seconds().stream().mapToDouble(s -> s).sum();
        assertThat(seconds).as("no time is lost").isBetween(9.3, 10.2);
    }

    @Test
    void aPictureThatIsLateIsMadeUpForInTheNextPart() {
        camera.groups(1, 8, 30).picture(false, 500).others(30, 30);

        assertThat(partMs(camera.listed().get(0))).startsWith(340, 340);
        checkPromises(camera.playlist());
        List<Sample> samples = Sample.of(camera.listed().get(0));
        Sample last = samples.get(samples.size() - 1);
        assertThat(last.decodeTimeTicks() + last.durationTicks())
                .as("the end is the stream's")
                .isEqualTo((long) samples.size() * 3000 - 3000 + 45000);
    }

    @Test
    void picturesThatLastLongerThanPartsMakeLongerParts() {
        camera.groups(2, 60, 30).groups(4, 4, 2);

        Playlist playlist = camera.playlist();
        assertThat(playlist.pace()).isEqualTo(new Pace(2, 550));
        assertThat(playlist.newest().discontinuityNumber()).isEqualTo(TestCamera.FIRST_NUMBER + 1);
        assertThat(partMs(playlist.newest())).containsOnly(500);
        checkContiguous(playlist);
    }

    @Test
    void withoutKeyFramesSegmentsBeginWithoutOne() {
        camera.groups(1, 60, 30).others(300, 30);

        assertThat(camera.listed()).hasSizeGreaterThan(4);
        assertThat(startsWithSync(camera.listed())).startsWith(true, false, false);
        assertThat(camera.playlist().pace().targetDurationS()).isEqualTo(2);
        checkPromises(camera.playlist());
        checkContiguous(camera.playlist());
    }

    @Test
    void aKnownKeyFrameIntervalIsTheTargetDurationUpToALimit() {
        assertThat(Pace.of(TestCamera.LIMITS, 0, 0)).isEqualTo(new Pace(2, 340));
        assertThat(Pace.of(TestCamera.LIMITS, 2.03, 1 / 30.0)).isEqualTo(new Pace(2, 340));
        assertThat(Pace.of(TestCamera.LIMITS, 4.5, 1 / 30.0)).isEqualTo(new Pace(5, 340));
        assertThat(Pace.of(TestCamera.LIMITS, 300, 1 / 30.0)).isEqualTo(new Pace(10, 340));
        assertThat(Pace.of(TestCamera.LIMITS, 4, 1)).isEqualTo(new Pace(4, 1100));
    }

    @Test
    void twoLongGroupsInARowMakeTheTargetDurationLonger() {
        camera.groups(2, 60, 30).groups(1, 120, 30);
        camera.picture(true, 33);
        assertThat(camera.playlist().pace().targetDurationS()).isEqualTo(2);
        camera.others(119, 30).groups(1, 120, 30).picture(true, 33).others(10, 30);

        assertThat(camera.playlist().pace().targetDurationS()).isEqualTo(4);
        List<MediaSegment> listed = camera.listed();
        MediaSegment first = listed.stream()
                .filter(segment -> segment.pace().targetDurationS() == 4)
                .findFirst()
                .orElseThrow();
        assertThat(first.isDiscontinuity()).isTrue();
        assertThat(first.discontinuityNumber()).isEqualTo(TestCamera.FIRST_NUMBER + 1);
        assertThat(first.seconds()).isEqualTo(4);
        checkPromises(camera.playlist());
        checkContiguous(camera.playlist());
    }

    @Test
    void keyFramesInCloseSuccessionMakeNoCrumbs() {
        camera.groups(40, 3, 30);
        assertThat(camera.seconds()).startsWith(0.8, 0.8, 0.8);
        TestCamera asked = new TestCamera();
        asked.groups(1, 60, 30).groups(1, 9, 30).groups(2, 60, 30);
        assertThat(asked.seconds()).startsWith(2.0, 2.3);
    }

    @Test
    void aKeyFrameThatWasAskedForEndsASegmentWhenTheNextGroupWouldNotFit() {
        camera.groups(1, 60, 30).groups(1, 20, 30).groups(2, 60, 30);

        assertThat(camera.seconds()).startsWith(2.0, 0.667, 2.0);
        assertThat(startsWithSync(camera.listed())).containsOnly(true);
    }

    @Test
    void aSegmentHasItsShareOfTheBytesOnly() {
        TestCamera tight = new TestCamera(new Limits(340, 2, 10, 6, 1 << 20, 30_000), 2, 1 / 30.0);
        tight.payload(30_000).groups(3, 60, 30);

        assertThat(tight.playlist().size()).isLessThanOrEqualTo(1 << 20);
        assertThat(tight.listed()).hasSizeGreaterThan(2);
        assertThat(tight.listed()).allMatch(segment -> segment.size() < (1 << 20) / 2);
    }

    @Test
    void picturesThatWereLeftOutMakeADiscontinuity() {
        camera.groups(1, 60, 30).groups(1, 30, 30).lose(700).groups(1, 60, 30);

        assertThat(camera.seconds()).startsWith(2.0, 1.0);
        MediaSegment after = camera.listed().get(2);
        assertThat(after.isDiscontinuity()).isTrue();
        assertThat(after.discontinuityNumber()).isEqualTo(TestCamera.FIRST_NUMBER + 1);
        assertThat(after.init().number()).isZero();
        assertThat(Sample.of(after).get(0).decodeTimeTicks()).isEqualTo(90 * 3000 + 63000);
        checkContiguous(camera.playlist());
    }

    @Test
    void anotherInitializationSegmentMakesADiscontinuity() {
        camera.groups(1, 60, 30).init(TestFragment.init("other")).groups(1, 60, 30);
        camera.init(TestFragment.init("other")).groups(1, 60, 30); // equal, but not the same

        assertThat(camera.listed().stream().map(segment -> segment.init().number()))
                .containsExactly(0, 1, 1);
        assertThat(camera.listed().stream().map(MediaSegment::isDiscontinuity)).containsExactly(false, true, false);
        assertThat(camera.playlist().init(1).orElseThrow().bytes()).isEqualTo("other".getBytes());
    }

    @Test
    void partsAreNumberedAcrossSegmentsAndAreTheirSegment() {
        camera.groups(3, 60, 30);

        List<Long> numbers = new ArrayList<>();
        for (MediaSegment segment : camera.listed()) {
            segment.parts().forEach(part -> numbers.add(part.number()));
        }
        assertThat(numbers)
                .isEqualTo(IntStream.range(0, numbers.size())
                        .mapToObj(i -> (long) i)
                        .toList());
        assertThat(camera.playlist().nextPart()).isEqualTo(numbers.size());
        MediaSegment segment = camera.listed().get(0);
        assertThat(segment.size()).isEqualTo(60 * (TestFragment.HEADER_BYTES + TestCamera.PAYLOAD_BYTES));
    }

    @Test
    void datesFollowThePicturesAndAreSetRightWhenTheyAreFarOff() {
        camera.groups(2, 60, 30).late(40).groups(1, 60, 30).late(900).groups(2, 60, 30);

        assertThat(camera.listed().stream().map(segment -> segment.startMs() - TestCamera.START_MS))
                .containsExactly(0L, 2000L, 4000L, 6900L, 8900L);
    }
}
