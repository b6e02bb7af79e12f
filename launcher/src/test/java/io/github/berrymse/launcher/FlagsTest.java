package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {

    @ParameterizedTest
    @CsvSource({
        "-b 3000000, BITRATE, 3000000",
        "-b3000000, BITRATE, 3000000",
        "-b=3000000, BITRATE, 3000000",
        "-b -1, BITRATE, -1",
        "-b-1, BITRATE, -1",
        "-b=-1, BITRATE, -1",
        "--Camera.Bitrate 3000000, BITRATE, 3000000",
        "--Camera.Bitrate=3000000, BITRATE, 3000000",
        "--Camera.Bitrate=-1, BITRATE, -1",
        "--Camera.Bitrate -1, BITRATE, -1",
        "-h 480, HEIGHT, 480",
        "--Camera.Height=480, HEIGHT, 480",
        "-w640, WIDTH, 640",
        "--Camera.Width 640, WIDTH, 640",
        "-r 90, ROTATION, 90",
        "-r -1, ROTATION, -1",
        "--Camera.Rotation=270, ROTATION, 270",
        "-d /dev/video2, SOURCE_FD, /dev/video2",
        "-d -, SOURCE_FD, -",
        "-d-, SOURCE_FD, -",
        "-d/media/a=b.h264, SOURCE_FD, /media/a=b.h264",
        "-d=/media/a=b.h264, SOURCE_FD, /media/a=b.h264",
        "--Camera.SourceFD=/dev/video2, SOURCE_FD, /dev/video2",
        "-l 0.0.0.0:80, URL, 0.0.0.0:80",
        "-l :2020, URL, :2020",
        "--Server.URL=[::]:80, URL, [::]:80",
        "-s video, WEB_SOCKET, video",
        "-s /video, WEB_SOCKET, video",
        "-s-video, WEB_SOCKET, -video",
        "-s=-video, WEB_SOCKET, -video",
        "-state, WEB_SOCKET, tate",
        "--Server.WebSocket video, WEB_SOCKET, video",
    })
    void takesEveryFlagInEveryForm(String line, Setting setting, String value) throws UsageException {
        Flags flags = Flags.parse(line.split(" "));
        assertThat(flags.settings()).containsOnlyKeys(setting);
        assertThat(flags.settings().get(setting)).hasToString(value);
    }

    @Test
    void setsNothingThatIsNotGiven() throws UsageException {
        Flags flags = Flags.parse();
        assertThat(flags.settings()).isEmpty();
        assertThat(flags.configFile()).isEqualTo(Path.of("config.yml"));
        assertThat(flags.stateFolder()).isNull();
    }

    @Test
    void takesConfigFileAndStateFolder() throws UsageException {
        Flags flags = Flags.parse("-c", "/etc/berrymse", "--state", "/run/berrymse");
        assertThat(flags.configFile()).isEqualTo(Path.of("/etc/berrymse"));
        assertThat(flags.stateFolder()).isEqualTo(Path.of("/run/berrymse"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--colour",
                "-x",
                "-w",
                "-w wide",
                "video0",
                "--Camera.Width=",
                "-b 1.5",
                "-s a/b",
                "-s /",
                "-s player",
                "-l nonsense"
            })
    void answersWhatItDoesNotUnderstandWithOneSentenceAndTwo(String line) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Flags.parse(line.split(" ")))
                .matches(e -> e.exitCode == 2)
                .matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void theLastOfAFlagCounts() throws UsageException {
        Flags flags = Flags.parse("-w", "640", "-c", "a.yml", "--Camera.Width=320", "-c=b.yml");
        assertThat(flags.settings()).containsOnly(Map.entry(Setting.WIDTH, 320));
        assertThat(flags.configFile()).isEqualTo(Path.of("b.yml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "-help", "-h abc", "--Camera.Height=tall"})
    void pointsFromHeightToHelp(String line) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Flags.parse(line.split(" ")))
                .withMessageContaining("height")
                .withMessageContaining("--help");
    }

    @Test
    void helpNamesEveryFlagAndItsDefault() throws UsageException, IOException {
        assertThat(Flags.parse("--help").isHelp()).isTrue();
        StringWriter text = new StringWriter();
        Flags.printHelp(new PrintWriter(text, true));
        assertThat(text.toString())
                .contains("-b, --Camera.Bitrate=int", "-h, --Camera.Height=int", "-r, --Camera.Rotation=int")
                .contains("-d, --Camera.SourceFD=string", "-w, --Camera.Width=int", "-l, --Server.URL=string")
                .contains("-s, --Server.WebSocket=string", "--state=DIR", "--help", "--version")
                .contains("1500000", "1280", "720", "localhost:2020", "video_websocket", "config.yml");
        for (Setting setting : Setting.values()) {
            if (!setting.flag.isEmpty()) {
                assertThat(text.toString().replaceAll("\\s+", " "))
                        .contains(setting.description + " (" + setting.type.range())
                        .contains(setting.defaultText + ")");
            }
        }
    }

    @Test
    void takesAVerbAsTheFirstWordOnly() throws UsageException {
        assertThat(Flags.parse("rollback", "source-file", "-l", ":2021").verb())
                .isEqualTo(new Verb("rollback", "source-file", null, new ListenAddress("", 2021), null));
        assertThat(Flags.parse("bundles", "--state", "here").verb())
                .isEqualTo(new Verb("bundles", "", null, null, Path.of("here")));
        assertThat(Flags.parse("-d", "swap").verb()).isNull();
        assertThat(Flags.parse("-s", "bundles").settings()).containsEntry(Setting.WEB_SOCKET, "bundles");
        assertThat(Flags.parse("swap", "--help").isHelp()).isTrue();
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Flags.parse("-l", ":2021", "bundles"))
                .withMessageContaining("bundles");
    }

    @ParameterizedTest
    @CsvSource({
        "swap, swap takes just FILE.jar",
        "rollback a b, rollback takes just NAME",
        "bundles all, bundles takes nothing",
        "prepare -l :2020, -l is not a flag",
        "bundles --state, --state: a value is missing",
        "bundles -l nonsense, -l:",
    })
    void saysWhatAVerbTakes(String line, String words) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Flags.parse(line.split(" ")))
                .matches(e -> e.exitCode == 2)
                .withMessageStartingWith(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--state x", "--state=x", "-w 640 --state x", "--help", "--version", "bundles", "swap x"})
    void makesNothingBeforeTheFlagsAreReadWhereItMightNotBeWanted(String line) {
        assertThat(Flags.mayServeInTemporaryFolder(line.split(" "))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-w 640", "-l 127.0.0.1:2020 -d -", "-c bundles"})
    void makesTheFrameworkAheadOtherwise(String line) {
        assertThat(Flags.mayServeInTemporaryFolder(line.split(" "))).isTrue();
    }
}
