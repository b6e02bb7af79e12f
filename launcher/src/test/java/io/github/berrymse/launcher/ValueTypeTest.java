package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each setting takes, and the sentence for what it does not. */
class ValueTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WIDTH | 0640 | 640",
                "WIDTH | +640 | 640",
                "BITRATE | -1 | -1",
                "BITRATE | 1 | 1",
                "ROTATION | 270 | 270",
                "ROTATION | -1 | -1",
                "FRAMERATE | 29.97 | 29.97",
                "FRAMERATE | 3e1 | 30.0",
                "PROFILE | High | high",
                "PROFILE | '' | ''",
                "FRAMING | Len32 | len32",
                "SOURCE_FD | 0 | 0",
                "URL | [::]:80 | [::]:80",
            })
    void takesEachValueAsItIsMeant(Setting setting, String text, String value) {
        assertThat(setting.type.parse(text)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WIDTH | wide | is not a whole number",
                "WIDTH | 1.5 | is not a whole number",
                "WIDTH | '' | is not a whole number",
                "WIDTH | 641 | is not even, 16 to 8192; the nearest is 640",
                "WIDTH | 99999999999 | is not even, 16 to 8192; the nearest is 8192",
                "WIDTH | -99999999999 | is not even, 16 to 8192; the nearest is 16",
                "BITRATE | 0 | is not -1, or 1 to 1000000000; the nearest is 1",
                "BITRATE | -2 | is not -1, or 1 to 1000000000; the nearest is -1",
                "ROTATION | 360 | is not one of 0, 90, 180, 270, -1; the nearest is 0",
                "ROTATION | 350 | is not one of 0, 90, 180, 270, -1; the nearest is 0",
                "ROTATION | -90 | is not one of 0, 90, 180, 270, -1; the nearest is 270",
                "ROTATION | 100 | is not one of 0, 90, 180, 270, -1; the nearest is 90",
                "FRAMERATE | NaN | is not a number",
                "FRAMERATE | Infinity | is not a number",
                "FRAMERATE | .nan | is not a number",
                "FRAMERATE | 1e999 | is not 0 to 1000; the nearest is 1000",
                "PROFILE | hihg | is not one of baseline, constrained-baseline, main, high; the nearest is high",
                "NAME | a b | is no name for a camera: use letters, digits, dash and underscore",
                "NAME | true | is no name for a camera: use letters, digits, dash and underscore",
                "URL | nonsense | is not host:port, such as 0.0.0.0:2020, [::]:2020 or :2020",
                "WEB_SOCKET | a/b | is not a name of letters, digits, dot, dash and underscore",
                "CONTROLS | 3 | is not a map of names to values",
            })
    void refusesInOneSentenceWithTheNearestValue(Setting setting, String text, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.type.parse(text))
                .withMessage("'" + text + "' " + sentence);
    }

    @Test
    void cutsWhatIsLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.WIDTH.type.parse("1".repeat(1_000_000) + "x"))
                .withMessage("'" + "1".repeat(60) + "...' is not a whole number");
    }
}
