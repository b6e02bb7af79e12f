package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.berrymse.api.Fragment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ffmpeg and ffprobe make of the output: they decode it without a word and count the same pictures. */
class ForeignJudgeTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needsFfmpeg() throws Exception {
        boolean isThere;
        try {
            isThere = run("ffprobe", "-version").startsWith("ffprobe")
                    && run("ffmpeg", "-version").startsWith("ffmpeg");
        } catch (IOException e) {
            isThere = false;
        }
        assumeTrue(isThere, "ffmpeg and ffprobe are not installed: nobody judges the fragments");
    }

    @ParameterizedTest
    @CsvSource({
        "baseline, 64, 48, 30",
        "main, 64, 48, 20",
        "three-byte-start-codes, 64, 48, 20",
        "high, 64, 48, 20",
        "high-scaling-lists, 64, 48, 20",
        "monochrome, 64, 48, 10",
        "high10, 64, 48, 10",
        "high422, 64, 48, 10",
        "high444, 64, 48, 10",
        "four-slices, 320, 240, 12",
        "aud-sei-filler, 64, 48, 20",
        "interlaced, 320, 240, 10",
        "cropped, 322, 182, 10",
        "cropped-422, 322, 182, 10",
        "full-hd, 1920, 1080, 2",
    })
    void everyPictureIsDecodedWithoutAnError(String stream, int width, int height, int pictures) throws Exception {
        Path file = write(Streams.pack(stream));
        assertThat(decode(file)).isEmpty();
        assertThat(probe(file, "width,height,nb_read_frames")).isEqualTo(width + "," + height + "," + pictures);
    }

    @Test
    void theAspectRatioIsUnderstood() throws Exception {
        Path file = write(Streams.pack("aspect-ratio"));
        assertThat(decode(file)).isEmpty();
        assertThat(probe(file, "sample_aspect_ratio,nb_read_frames")).isEqualTo("16:11,20");
    }

    @ParameterizedTest
    @CsvSource({"90, -90", "180, -180", "270, 90"})
    void theTurnIsUnderstood(int clockwise, String counterclockwise) throws Exception {
        Path file = write(Streams.packTurned("baseline", clockwise));
        assertThat(decode(file)).isEmpty();
        assertThat(run(
                        "ffprobe",
                        "-v",
                        "warning",
                        "-show_entries",
                        "stream_side_data=rotation",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .isEqualTo(counterclockwise);
    }

    @Test
    void aCameraThatLostAPictureIsStillDecodedWithoutAnError() throws Exception {
        List<byte[]> units = Streams.accessUnits("main");
        units.remove(4);
        Path file = write(Streams.pack(new Fmp4Packager(), units));
        assertThat(decode(file)).isEmpty();
        assertThat(probe(file, "nb_read_frames")).isEqualTo("14");
    }

    @Test
    void aCameraThatLeavesReorderingOpenIsDecodedWithTheSetThatRulesItOut() throws Exception {
        List<byte[]> units = Streams.accessUnits("baseline");
        byte[] spsWithoutVui = Streams.hex("00000001 6742c00ada11e4");
        units.replaceAll(unit -> Boxes.concat(spsWithoutVui, Streams.without(unit, 7)));
        List<Fragment> fragments = Streams.pack(new Fmp4Packager(), units);
        assertThat(BoxDump.of(Streams.bytes(fragments.get(0).init().bytes()))).doesNotContain("6742c00ada11e4");
        Path file = write(fragments);
        assertThat(decode(file)).isEmpty();
        assertThat(probe(file, "has_b_frames,nb_read_frames")).isEqualTo("0,30");
    }

    private Path write(List<Fragment> fragments) throws IOException {
        return Files.write(folder.resolve("stream.mp4"), Streams.file(fragments));
    }

    private static String decode(Path file) throws Exception {
        return run("ffmpeg", "-nostdin", "-v", "warning", "-i", file.toString(), "-f", "null", "-");
    }

    private static String probe(Path file, String entries) throws Exception {
        return run(
                "ffprobe",
                "-v",
                "warning",
                "-count_frames",
                "-show_entries",
                "stream=" + entries,
                "-of",
                "csv=p=0",
                file.toString());
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
