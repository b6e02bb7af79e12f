package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no byte stream: one sentence each, and its remedy works. The files are ffmpeg's. */
class OtherFormatTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ts,   an MPEG transport stream",
        "m2ts, an MPEG transport stream",
        "vob,  an MPEG program stream",
        "mp4,  an MP4 or QuickTime file",
        "mkv,  a Matroska or WebM file",
        "avi,  an AVI file",
        "flv,  a Flash video",
    })
    void theRemedyTakesTheStreamOutOfItsContainer(String extension, String words) throws Exception {
        Path file = folder.resolve("clip." + extension);
        ffmpeg("-r", "25", "-i", Streams.path("main").toString(), "-c", "copy", file.toString());
        String sentence = complaint(file);
        assertThat(sentence)
                .isEqualTo(
                        file + " is " + words + ": take the H.264 out of it, as ffmpeg -i IN -c copy -f h264 OUT does");

        Path out = folder.resolve("out");
        String command = sentence.replaceFirst(".* as ffmpeg ", "").replaceFirst(" does", "");
        ffmpeg(command.replace("IN", file.toString())
                .replace("OUT", out.toString())
                .split(" "));
        try (Clip clip = Clip.open(out, "out")) {
            assertThat(clip.size()).isEqualTo(20);
        }
    }

    @Test
    void aTransportStreamIsKnownFromAnywhereWithin() throws Exception {
        Path file = folder.resolve("clip.ts");
        ffmpeg("-r", "25", "-i", Streams.path("four-slices").toString(), "-c", "copy", file.toString());
        byte[] bytes = Files.readAllBytes(file);
        for (int skipped : new int[] {1, 100, 187, 188, 1000}) {
            var framing = new AnnexBFraming("the pipe");
            ByteBuffer chunk = ByteBuffer.wrap(bytes, skipped, bytes.length - skipped);
            assertThatThrownBy(() -> framing.take(chunk, 0, unit -> {}))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageStartingWith("the pipe is an MPEG transport stream");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a4649460001, is JPEG: only H.264 is played",
        "0000000140010c01ffff0160, is H.265: only H.264 is played",
        "000001460150000000014001, is H.265: only H.264 is played",
        "000000080000000167640028, 'is a stream with a length ahead of each access unit: give it through a pipe'",
        "00000008000000016764002800000006000000016501, 'is a stream with a length ahead of each access unit: give'",
    })
    void whatElseIsNotPlayedIsSaid(String hex, String words) throws Exception {
        Path file = Files.write(folder.resolve("file"), HexFormat.of().parseHex(hex));
        assertThat(complaint(file)).startsWith(file + " " + words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000001 0910",
                "0000000000000001 6764",
                "00000001 4064",
                "000001 67 00000001 68",
                "474747474747474747474747"
            })
    void byteStreamsAndUnknownBytesAreNone(String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThatCode(() -> OtherFormat.check("it", bytes)).doesNotThrowAnyException();
    }

    @Test
    void noneOfOurStreamsIsTakenForAnother() throws IOException {
        try (Stream<Path> streams = Files.list(Streams.path("main").getParent())) {
            for (Path stream : streams.toList()) {
                byte[] bytes = Files.readAllBytes(stream);
                for (int skipped = 0; skipped < Math.min(5000, bytes.length); skipped++) {
                    ByteBuffer rest = ByteBuffer.wrap(bytes, skipped, bytes.length - skipped);
                    assertThatCode(() -> OtherFormat.check("it", rest)).doesNotThrowAnyException();
                }
            }
        }
    }

    private static String complaint(Path file) {
        try (Capture capture = new FileSource().open(Streams.settings("auto", "", file.toString(), 0, "annexb"))) {
            return capture.format().remark();
        } catch (CaptureException e) {
            return e.getMessage();
        }
    }

    private static void ffmpeg(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(options));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "ffmpeg is not installed: nobody makes the files");
            return;
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
