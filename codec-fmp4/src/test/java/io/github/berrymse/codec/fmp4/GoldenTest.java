package io.github.berrymse.codec.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Fragment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, box by box, as src/test/golden shows it; written anew with {@code -Dgolden.write=true}. */
class GoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"baseline", "high", "high444", "aspect-ratio", "full-hd"})
    void initializationSegment(String stream) throws IOException {
        byte[] init = Streams.bytes(Streams.pack(stream).get(0).init().bytes());
        compare("init-" + stream, BoxDump.of(init));
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 180, 270})
    void initializationSegmentOfTurnedPictures(int degrees) throws IOException {
        byte[] init = Streams.bytes(
                Streams.packTurned("aspect-ratio", degrees).get(0).init().bytes());
        compare("init-turned-" + degrees, BoxDump.of(init));
    }

    @Test
    void fragmentsOfASyncSampleAndOfTheNext() throws IOException {
        List<Fragment> fragments = Streams.pack("four-slices");
        compare("fragment-sync", BoxDump.of(Streams.message(fragments.get(0), 1)));
        compare("fragment-other", BoxDump.of(Streams.message(fragments.get(1), 2)));
    }

    private static void compare(String name, String actual) throws IOException {
        Path golden = Path.of("src", "test", "golden", name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
