package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.h264.NalUnitReader;
import io.github.berrymse.h264.NalUnitType;
import io.github.berrymse.source.file.Streams.Unit;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files played in real time: their pictures, their pace, their loop. */
@Timeout(60)
class ClipCaptureTest {

    @TempDir
    Path folder;

    @Test
    void playsEveryPictureInOrderAndBeginsAnewWithoutASeam() throws Exception {
        List<byte[]> expected = Streams.accessUnits("main");
        List<Unit> played = play(Streams.path("main").toString(), 200, 50);
        for (int i = 0; i < played.size(); i++) {
            assertThat(played.get(i).bytes()).isEqualTo(expected.get(i % expected.size()));
        }
        assertThat(spacing(played)).containsOnly(5000L);
    }

    @Test
    void theSpacingIsThatOfTheFrameRateToTheMicrosecond() throws Exception {
        List<Unit> played = play(Streams.path("high").toString(), 0, 13);
        long wholeUs = played.get(12).captureTimeUs() - played.get(0).captureTimeUs();
        assertThat(wholeUs).isBetween(400_399L, 400_401L); // 12 frames of 1001 / 30000 s
    }

    @Test
    void isNeverAheadOfTime() throws Exception {
        long startNs = System.nanoTime();
        play(Streams.path("main").toString(), 100, 21);
        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(199_000_000L);
    }

    @Test
    void givesUpAtTheTimeoutAndKeepsThePicture() throws Exception {
        try (Capture capture = open(Streams.path("main").toString(), 0.5)) {
            var units = new ArrayList<Unit>();
            assertThat(capture.read(u -> units.add(Unit.of(u)), 100)).isTrue();
            assertThat(capture.read(u -> units.add(Unit.of(u)), 1)).isFalse();
            while (units.size() < 2) {
                capture.read(u -> units.add(Unit.of(u)), 100);
            }
            assertThat(units.get(1).bytes())
                    .isEqualTo(Streams.accessUnits("main").get(1));
        }
    }

    @Test
    void beginsWithTheFirstKeyFrame() throws Exception {
        byte[] whole = Streams.bytes("main");
        int skipped = Streams.accessUnits("main").get(0).length;
        Path file = folder.resolve("cut.h264");
        Files.write(file, java.util.Arrays.copyOfRange(whole, skipped, whole.length));
        List<Unit> played = play(file.toString(), 500, 11);
        assertThat(played.get(0).bytes()).isEqualTo(Streams.accessUnits("main").get(10));
        assertThat(played.get(10).bytes()).isEqualTo(played.get(0).bytes());
    }

    @Test
    void saysWhenAFileBecameShorter() throws Exception {
        Path file = Files.write(folder.resolve("shrinking.h264"), Streams.bytes("main"));
        try (Capture capture = open(file.toString(), 500)) {
            Files.write(file, new byte[10]);
            assertThatThrownBy(() -> capture.read(u -> {}, 100))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("became shorter");
        }
    }

    @Test
    void anotherFrameRateIsForAClipThatIsOpenedAnew() throws Exception {
        String file = Streams.path("main").toString();
        try (Capture capture = open(file, 30)) {
            assertThat(capture.apply(Streams.settings("auto", "", file, 30, "annexb")))
                    .isTrue();
            assertThat(capture.apply(Streams.settings("auto", "", file, 15, "annexb")))
                    .isFalse();
        }
    }

    @Test
    void saysWhatItPlays() throws Exception {
        try (Capture capture = open(Streams.path("cropped").toString(), 0)) {
            assertThat(capture.format().width()).isEqualTo(322);
            assertThat(capture.format().height()).isEqualTo(182);
            assertThat(capture.format().framesPerSecond()).isEqualTo(30);
            assertThat(capture.format().bitrateBps()).isPositive();
            assertThat(capture.format().remark()).isEqualTo("a file keeps the size it has");
        }
        try (Capture capture = open(Streams.path("main").toString(), 0)) {
            assertThat(capture.format().remark()).isEmpty();
        }
    }

    @Test
    void theDemoIsTenSecondsOf720pWithAKeyFrameEveryTwo() throws Exception {
        try (Clip demo = Clip.demo()) {
            assertThat(demo.size()).isEqualTo(300);
            assertThat(demo.sps().width()).isEqualTo(1280);
            assertThat(demo.sps().height()).isEqualTo(720);
            assertThat(demo.sps().vui().framesPerSecond()).isEqualTo(30);
            assertThat(demo.sps().vui().maxNumReorderFrames()).isZero();
            assertThat(demo.bytes()).isLessThan(1_500_000);
            for (int i = 0; i < demo.size(); i++) {
                assertThat(isIdr(demo.unit(i))).isEqualTo(i % 60 == 0);
            }
        }
    }

    private static boolean isIdr(ByteBuffer unit) {
        var units = new NalUnitReader(unit);
        boolean isIdr = false;
        while (units.next()) {
            isIdr |= units.type() == NalUnitType.IDR_SLICE;
        }
        return isIdr;
    }

    private static Capture open(String file, double framesPerSecond) throws CaptureException {
        return new FileSource().open(Streams.settings("auto", "", file, framesPerSecond, "annexb"));
    }

    /** Plays anew when the machine stood still meanwhile: a clip that is a second behind does not catch up. */
    private static List<Unit> play(String file, double framesPerSecond, int count) throws CaptureException {
        double seconds = count / (framesPerSecond > 0 ? framesPerSecond : 30);
        var units = new ArrayList<Unit>();
        long startNs;
        do {
            startNs = System.nanoTime();
            units.clear();
            try (Capture capture = open(file, framesPerSecond)) {
                while (units.size() < count) {
                    capture.read(u -> units.add(Unit.of(u)), 1000);
                }
            }
        } while ((System.nanoTime() - startNs) / 1e9 > seconds + 0.9);
        return units;
    }

    private static List<Long> spacing(List<Unit> units) {
        var spacing = new ArrayList<Long>();
        for (int i = 1; i < units.size(); i++) {
            spacing.add(units.get(i).captureTimeUs() - units.get(i - 1).captureTimeUs());
        }
        return spacing;
    }
}
