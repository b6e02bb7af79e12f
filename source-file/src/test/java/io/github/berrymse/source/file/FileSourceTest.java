package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path text = Files.writeString(folder.resolve("text"), "This is no video.");
        Path noKeyFrame = folder.resolve("no-key-frame");
        Files.write(noKeyFrame, Streams.accessUnits("main").get(1));
        assertThatOpening(text.toString()).hasMessageContaining("holds no key frame");
        assertThatOpening(noKeyFrame.toString()).hasMessageContaining("holds no key frame");
        assertThatOpening(Streams.path("b-pictures").toString()).hasMessageContaining("holds B pictures");
        assertThatOpening(folder.resolve("absent").toString()).hasMessageContaining("is not there");
        assertThatOpening(folder.toString()).hasMessageContaining("is a folder");
    }

    @Test
    void refusesAnUnknownFraming() throws Exception {
        String pipe = Pipe.make(folder).toString();
        assertThatThrownBy(() -> source.open(Streams.settings("auto", pipe, "", 0, "mpegts")))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("annexb or len32");
    }

    private boolean accepts(io.github.berrymse.api.CameraSettings settings) {
        return source.suits(settings).rank() > Suitability.STAND_IN;
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThatOpening(String file) {
        return assertThatThrownBy(() -> source.open(Streams.settings("auto", "", file, 0, "annexb")))
                .isInstanceOf(CaptureException.class);
    }
}
