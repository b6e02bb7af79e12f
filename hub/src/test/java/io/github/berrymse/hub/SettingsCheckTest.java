package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.CameraSettings;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            camera, 1280, 720, 1500000,   0,    0,  0, '',   annexb,
            c-1_A,  16,   8192,     -1, 270, 29.97, 60, high, len32,
            '',     1280, 720,       1,   0,    0,  0, '',   annexb, camera.name: '' is not of letters
            a b,    1280, 720,       1,   0,    0,  0, '',   annexb, camera.name: 'a b' is not of letters
            camera, -5,   720,       1,   0,    0,  0, '',   annexb, width: '-5' is not an even number from 16 to 8192
            camera, 1280, 721,       1,   0,    0,  0, '',   annexb, height: '721' is not an even number
            camera, 1280, 720,      -7,   0,    0,  0, '',   annexb, 'bitrate: ''-7'' is not -1, nor 1 or more'
            camera, 1280, 720,       1,  45,    0,  0, '',   annexb, rotation: '45' is none of
            camera, 1280, 720,       1,   0,  NaN,  0, '',   annexb, framerate: 'NaN' is not a number from 0 to 1000
            camera, 1280, 720,       1,   0,    0, -1, '',   annexb, keyframe.interval: '-1' is not 0 or more
            camera, 1280, 720,       1,   0,    0,  0, best, annexb, profile: 'best' is none of
            camera, 1280, 720,       1,   0,    0,  0, '',   raw,    framing: 'raw' is neither annexb nor len32""")
    void saysWhatIsWrong(
            String name,
            int width,
            int height,
            int bitrateBps,
            int rotation,
            double rate,
            int interval,
            String profile,
            String framing,
            String wrong) {
        CameraSettings settings = new CameraSettings(
                name,
                "auto",
                "",
                width,
                height,
                bitrateBps,
                rotation,
                rate,
                interval,
                profile,
                Map.of(),
                "",
                framing,
                Map.of());
        assertThat(SettingsCheck.wrong(settings).orElse(null)).satisfies(words -> {
            if (wrong == null) {
                assertThat(words).isNull();
            } else {
                assertThat(words).startsWith(wrong);
            }
        });
    }
}
