package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which settings are a file's, and what is said of files that cannot be played. */
class FileSourceTest {
    private final FileSource source = new FileSource();

    @TempDir
    Path folder;

    @Test
    void standsInWithTheDemoWhereNothingIsChosen() {
        assertThat(source.suits(Streams.device("")).rank()).isEqualTo(Suitability.STAND_IN);
        assertThat(source.suits(Streams.settings("file", "", "", 0, "annexb")).rank())
                .isEqualTo(Suitability.STAND_IN);
    }

    @Test
    void acceptsFilesPipesAndStandardInput() throws Exception {
        assertThat(accepts(Streams.device("-"))).isTrue();
        assertThat(accepts(Streams.device(Streams.path("main").toString()))).isTrue();
        assertThat(accepts(Streams.device(Pipe.make(folder).toString()))).isTrue();
        assertThat(accepts(Streams.settings("auto", "", "clip.h264", 0, "annexb")))
                .isTrue();
        assertThat(accepts(Streams.settings("file", "not-there", "", 0, "annexb")))
                .isTrue();
    }

    @Test
    void leavesCamerasAndOtherSourcesAlone() {
        assertThat(accepts(Streams.device("/dev/null"))).isFalse();
        assertThat(accepts(Streams.device("not-there"))).isFalse();
        assertThat(accepts(Streams.device("\0"))).isFalse();
        assertThat(accepts(Streams.settings("v4l2", "-", "clip.h264", 0, "annexb")))
                .isFalse();
    }

    @Test
    void saysWhyAFileCannotBePlayed() throws Exception {
        assertThatOpening(Streams.path("b-pictures").toString()).hasMessageContaining("holds B pictures");
        assertThatOpening(folder.resolve("absent").toString()).hasMessageContaining("is not there");
        assertThatOpening(folder.toString()).hasMessageContaining("is a folder");
    }

    @Test
    void saysWhatAFileLacks() throws Exception {
        byte[] key = Streams.accessUnits("main").get(0);
        byte[] other = Streams.accessUnits("main").get(1);
        assertThatPlaying("").hasMessageContaining(" is empty: give an H.264 byte stream (Annex B)");
        assertThatPlaying("This is no video.").hasMessageContaining(" is no H.264: give an H.264 byte stream");
        assertThatPlaying(other).hasMessageContaining(" holds no sequence parameter set (SPS): give");
        assertThatPlaying(Streams.without(key, 7), other)
                .hasMessageContaining(" holds no sequence parameter set (SPS)");
        assertThatPlaying(Streams.without(key, 8), other).hasMessageContaining(" holds no picture parameter set (PPS)");
        assertThatPlaying(Streams.without(key, 5)).hasMessageContaining(" holds no picture: give");
        assertThatPlaying(Streams.without(key, 5), other)
                .hasMessageContaining(" holds no key frame (IDR picture): give");
        assertThatPlaying(Streams.without(key, 5), other, Streams.without(key, 7, 8))
                .hasMessageContaining(" holds no key frame with its parameter sets ahead: give");
    }

    @Test
    void refusesAnUnknownFraming() throws Exception {
        String pipe = Pipe.make(folder).toString();
        assertThatThrownBy(() -> source.open(Streams.settings("auto", pipe, "", 0, "mpegts")))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("annexb or len32");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertThatPlaying(String text) throws IOException {
        return assertThatPlaying(text.getBytes(StandardCharsets.UTF_8));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertThatPlaying(byte[]... units) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (byte[] unit : units) {
            bytes.writeBytes(unit);
        }
        Path file = Files.write(folder.resolve("file"), bytes.toByteArray());
        return assertThatOpening(file.toString());
    }

    private boolean accepts(io.github.berrymse.api.CameraSettings settings) {
        return source.suits(settings).rank() > Suitability.STAND_IN;
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertThatOpening(String file) {
        return assertThatThrownBy(() -> source.open(Streams.settings("auto", "", file, 0, "annexb")))
                .isInstanceOf(CaptureException.class);
    }
}
