package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsChangeTest {

    @Test
    void namesWhatDiffersOnly() {
        assertThat(SettingsChange.words(
                        settings(1_500_000, 0, "", Map.of("brightness", "60", "contrast", "1", "iso", "100")),
                        settings(800_000, 0, "main", Map.of("brightness", "70", "iso", "100"))))
                .isEqualTo(
                        "bit rate 800000 bit/s, profile main, control brightness 70, control contrast back to what it was");
    }

    @Test
    void tellsNoTurnFromTheCamerasOwn() {
        assertThat(SettingsChange.words(settings(1, 90, "", Map.of()), settings(-1, 0, "", Map.of())))
                .isEqualTo("bit rate the camera's own, rotation 0 degrees");
        assertThat(SettingsChange.words(settings(1, 90, "main", Map.of()), settings(1, -1, "", Map.of())))
                .isEqualTo("rotation the camera's own, profile the camera's own");
    }

    @Test
    void hasWordsForWhatOnlyTheSourceKnows() {
        CameraSettings same = settings(1, 0, "", Map.of());
        assertThat(SettingsChange.words(same, same)).isEqualTo("other settings");
    }

    private static CameraSettings settings(int bitrateBps, int rotation, String profile, Map<String, String> controls) {
        return new CameraSettings(
                "test", "auto", "", 1280, 720, bitrateBps, rotation, 0, 0, profile, controls, "", "annexb", Map.of());
    }
}
