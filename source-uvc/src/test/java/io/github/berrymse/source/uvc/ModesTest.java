package io.github.berrymse.source.uvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;
import io.github.berrymse.v4l2.RateRange;
import io.github.berrymse.v4l2.SizeRange;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chooses among what cameras offer. */
class ModesTest {

    private static final List<SizeRange> WEBCAM =
            List.of(only(640, 480), only(160, 90), only(800, 600), only(1280, 720), only(1920, 1080));

    @Test
    void offeredSizeIsTakenAsAsked() {
        assertThat(size(WEBCAM, 1280, 720)).hasToString("1280x720");
    }

    @Test
    void sizeBetweenIsThatWhichCoversItBest() {
        assertThat(size(WEBCAM, 1280, 800)).hasToString("1280x720");
        assertThat(size(WEBCAM, 900, 650)).hasToString("800x600");
        assertThat(size(WEBCAM, 8000, 8000)).hasToString("1920x1080");
        assertThat(size(WEBCAM, 16, 16)).hasToString("160x90");
    }

    @Test
    void rangesAreChosenFromAsWell() {
        SizeRange range = new SizeRange(new FrameSize(32, 32), new FrameSize(1920, 1080), 2, 2);
        assertThat(size(List.of(only(640, 480), range), 1000, 500)).hasToString("1000x500");
    }

    @Test
    void driverThatDoesNotSayIsAskedForWhatTheUserAsks() {
        assertThat(size(List.of(), 1024, 600)).hasToString("1024x600");
        assertThat(Modes.rate(List.of(), 30)).isEmpty();
    }

    @Test
    void nearestRateIsTakenTheFasterOfTwo() {
        List<RateRange> offered = rates(30, 24, 20, 10, 5);
        assertThat(Modes.rate(offered, 25)).contains(new FrameRate(24, 1));
        assertThat(Modes.rate(offered, 15)).contains(new FrameRate(20, 1));
        assertThat(Modes.rate(offered, 60)).contains(new FrameRate(30, 1));
        RateRange range = new RateRange(new FrameRate(2, 1), new FrameRate(120, 1));
        assertThat(Modes.rate(List.of(range), 12.5)).contains(new FrameRate(12500, 1000));
    }

    @Test
    void rateOfH264WithinMjpegIsTheSlowerOfBoth() {
        FrameRate jpegs = new FrameRate(30, 1);
        assertThat(Modes.slower(jpegs, committed(666_666))).hasToString("15").isEqualTo(new FrameRate(15, 1));
        assertThat(Modes.slower(jpegs, committed(333_333))).isEqualTo(jpegs);
        assertThat(Modes.slower(jpegs, committed(166_666))).isEqualTo(jpegs);
        assertThat(Modes.slower(jpegs, committed(0))).isEqualTo(jpegs);
        assertThat(Modes.slower(FrameRate.UNKNOWN, committed(333_667))).hasToString("29.97");
    }

    @Test
    void otherRateThanAskedIsSaid() {
        assertThat(Modes.remark(committed(666_666), 30)).contains("15 instead of 30 frames per second");
        assertThat(Modes.remark(committed(333_333), 30)).isEmpty();
        assertThat(Modes.remark(committed(333_333), 0)).isEmpty();
        assertThat(Modes.remark(FrameRate.UNKNOWN, 30)).isEmpty();
    }

    @Test
    void containerIsSmallAndHasTheRate() {
        Function<FrameSize, List<RateRange>> rates =
                size -> size.width() == 640 ? rates(15) : size.width() > 1000 ? rates(30, 15) : rates(30);
        assertThat(Modes.container(WEBCAM, rates, 15)).hasToString("640x480");
        assertThat(Modes.container(WEBCAM, rates, 30)).hasToString("800x600");
        assertThat(Modes.container(WEBCAM, rates, 0)).hasToString("640x480");
        assertThat(Modes.container(List.of(), rates, 30)).hasToString("640x480");
    }

    private static FrameSize size(List<SizeRange> offered, int width, int height) {
        return Modes.size(offered, new FrameSize(width, height));
    }

    private static SizeRange only(int width, int height) {
        return SizeRange.only(new FrameSize(width, height));
    }

    private static List<RateRange> rates(int... framesPerSecond) {
        return IntStream.of(framesPerSecond)
                .mapToObj(rate -> RateRange.only(new FrameRate(rate, 1)))
                .toList();
    }

    private static FrameRate committed(long frameInterval) {
        return new VideoConfig(new byte[46])
                .put(VideoConfig.Field.FRAME_INTERVAL, frameInterval)
                .rate();
    }
}
