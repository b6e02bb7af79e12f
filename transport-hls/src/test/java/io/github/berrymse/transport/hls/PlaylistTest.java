package io.github.berrymse.transport.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Playlists as src/test/golden shows them, written anew with {@code -Dgolden.write=true}; and what is kept. */
class PlaylistTest {
    private final TestCamera camera = new TestCamera();

    private static void compare(String name, byte[] text) throws IOException {
        Path golden = Path.of("src", "test", "golden", name + ".m3u8");
        if (Boolean.getBoolean("golden.write")) {
            Files.write(golden, text);
        }
        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(Files.readString(golden));
    }

    @Test
    void beginsWithTheFirstSegmentAndItsParts() throws IOException {
        compare("begin", camera.groups(1, 60, 30).groups(1, 20, 30).playlist().text());
    }

    @Test
    void hasPartsNearItsEndOnlyAndLeavesOutTheOldInADeltaUpdate() throws IOException {
        TestCamera rewinding = new TestCamera(new Limits(340, 2, 10, 9, 16 << 20, 30_000), 2, 1 / 30.0);
        Playlist playlist = rewinding.groups(30, 60, 30).groups(1, 20, 30).playlist();
        compare("live", playlist.text());
        compare("delta-update", playlist.deltaUpdate());
    }

    @Test
    void saysWhereTheTimelineAndTheInitializationSegmentChange() throws IOException {
        camera.groups(2, 60, 30).init(TestFragment.init("other")).groups(1, 60, 30);
        camera.lose(500).groups(1, 30, 30);
        compare("discontinuities", camera.playlist().text());
    }

    @Test
    void keepsTheDiscontinuityNumbersOfItsSegmentsWhenTheOldestGo() {
        camera.groups(2, 60, 30).init(TestFragment.init("other")).groups(1, 60, 30);
        for (int i = 0; i < 12; i++) {
            camera.groups(1, 60, 30);
            MediaSegment first = camera.listed().get(0);
            String text = new String(camera.playlist().text(), StandardCharsets.UTF_8);
            long before = first.discontinuityNumber() - (first.isDiscontinuity() ? 1 : 0);
            assertThat(text).contains("#EXT-X-DISCONTINUITY-SEQUENCE:" + before + "\n");
            assertThat(text.contains("#EXT-X-DISCONTINUITY\n"))
                    .isEqualTo(camera.listed().stream().anyMatch(MediaSegment::isDiscontinuity));
        }
        assertThat(camera.listed().get(0).discontinuityNumber()).isEqualTo(TestCamera.FIRST_NUMBER + 1);
    }

    @Test
    void listsItsWindowAndKeepsALittleMore() {
        camera.groups(20, 60, 30);
        Playlist playlist = camera.playlist();
        long first = playlist.listed().get(0).sequenceNumber();

        assertThat(playlist.secondsFrom(0)).isBetween(12.0, 14.0);
        assertThat(playlist.secondsFrom(1)).isLessThan(12.0);
        assertThat(playlist.segment(first - 1)).isPresent();
        assertThat(playlist.segment(first - 4)).isEmpty();
        assertThat(playlist.part(
                        playlist.segment(first - 1).orElseThrow().parts().get(0).number()))
                .isPresent();
        assertThat(playlist.part(0)).isEmpty();
    }

    @Test
    void hasNoSegmentThatIsNotWhole() {
        Playlist playlist = camera.groups(1, 60, 30).groups(1, 20, 30).playlist();
        assertThat(playlist.segment(TestCamera.FIRST_NUMBER)).isPresent();
        assertThat(playlist.segment(TestCamera.FIRST_NUMBER + 1)).isEmpty();
        assertThat(playlist.part(8)).isPresent();
        assertThat(playlist.part(9)).isEmpty();
    }

    @Test
    void knowsItsHighestBitRate() {
        camera.groups(1, 60, 30).payload(1000).groups(1, 60, 30).payload(100).groups(2, 60, 30);
        assertThat(camera.playlist().peakBitrateBps()).isEqualTo(8 * 30 * 1016);
    }
}
