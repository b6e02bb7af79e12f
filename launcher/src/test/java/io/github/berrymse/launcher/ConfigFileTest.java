package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    Path folder;

    private static Settings read(Path given) throws UsageException {
        return ConfigFile.now(given).settings();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("config.yml"), content);
    }

    @Test
    void readsEveryKeyInAnyCase() throws Exception {
        Path file = file(
                """
                camera:
                  sourceFD: "/dev/video1"
                  WIDTH: 640
                  height: 480
                  Bitrate: -1
                  rotation: 90
                SERVER:
                  url: "0.0.0.0:80"
                  websocket: video
                """);
        Settings settings = read(file);
        assertThat(settings.cameras()).containsOnlyKeys("camera");
        assertThat(settings.cameras().get("camera"))
                .containsOnly(
                        entry(Setting.SOURCE_FD, "/dev/video1"),
                        entry(Setting.WIDTH, 640),
                        entry(Setting.HEIGHT, 480),
                        entry(Setting.BITRATE, -1),
                        entry(Setting.ROTATION, 90));
        assertThat(settings.server())
                .containsOnly(entry(Setting.URL, new ListenAddress("0.0.0.0", 80)), entry(Setting.WEB_SOCKET, "video"));
    }

    private static Map<Setting, Object> camera(Path path) throws UsageException {
        return read(path).cameras().get("camera");
    }

    @Test
    void readsSeveralCamerasInTheirOrder() throws Exception {
        Settings settings = read(file("camera: {name: door, width: 640}\ncameras:\n  yard: {height: 480}\n  attic:\n"));
        assertThat(settings.cameras().keySet()).containsExactly("door", "yard", "attic");
        assertThat(settings.cameras().get("yard")).containsOnly(entry(Setting.HEIGHT, 480));
        Settings flagged = settings.with(Map.of(Setting.WIDTH, 320, Setting.URL, new ListenAddress("", 80)));
        assertThat(flagged.cameras().get("door")).containsOnly(entry(Setting.WIDTH, 320));
        assertThat(flagged.cameras().get("yard")).isEqualTo(settings.cameras().get("yard"));
        assertThat(flagged.address()).isEqualTo(new ListenAddress("", 80));
    }

    @Test
    void readsControlsAndPropertiesOfAnyBundle() throws Exception {
        Settings settings = read(
                file("camera: {controls: {brightness: 60}}\nbundles: {com.example.door: {open: true, keys: [a, b]}}"));
        assertThat(Setting.CONTROLS.properties(settings.cameras().get("camera").get(Setting.CONTROLS)))
                .containsOnly(entry("control.brightness", "60"));
        assertThat(settings.bundles().get("com.example.door"))
                .containsOnly(entry("open", true), entry("keys", new String[] {"a", "b"}));
    }

    @Test
    void takesTheFileOfAFolder() throws Exception {
        file("camera: {width: 320}");
        assertThat(camera(folder)).containsOnly(entry(Setting.WIDTH, 320));
    }

    @Test
    void isEmptyWithoutAFileOrWithAnotherExtension() throws Exception {
        assertThat(read(folder.resolve("missing.yml"))).isEqualTo(Settings.none());
        assertThat(read(Files.writeString(folder.resolve("config.yaml"), "camera: {width: 320}")))
                .isEqualTo(Settings.none());
        assertThat(read(file(""))).isEqualTo(Settings.none());
    }

    @Test
    void passesOverKeysItDoesNotKnow() throws Exception {
        assertThat(camera(file("camera: {wide: 3, width: 320}\nother: {}\n"))).containsOnly(entry(Setting.WIDTH, 320));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camera: [ | line 1|",
                "camera:\\n\\twidth: 1 | line 2|column 1",
                "camera: {width: wide} | line 1, column 17: camera.width|'wide' is not a whole number",
                "camera:\\n  Width: wide | line 2, column 10: camera.Width|'wide'",
                "camera: 3 | line 1, column 9: camera|key: value",
                "- a | line 1, column 1: the file|key: value",
                "camera: {width: 641} | camera.width|the nearest is 640",
                "camera: {controls: 3} | camera.controls|map",
                "camera: {controls: {brightness: [3]}} | column 33: camera.controls.brightness|not a list",
                "camera: {sourceFD: [a, b]} | column 20: camera.sourceFD|not a list",
                "camera: {file: {a: b}} | column 16: camera.file|not a map",
                "camera: {name: true} | camera.name|'true'",
                "camera: {[a]: b} | column 9: camera|not a word",
                "camera: {width: 640, Width: 320} | column 22: camera.Width|after line 1, column 10",
                "camera: {}\\nCamera: {} | line 2, column 1: Camera|after line 1, column 1",
                "camera: {controls: {Gain: 1, gain: 2}} | column 30: camera.controls.gain|second time",
                "cameras: {a: {}, a: {}} | cameras.a|second time",
                "cameras: {a b: {}} | line 1, column 11: cameras: 'a b'|letters",
                "cameras: {'true': {}} | 'true'|letters",
                "cameras: {yard: {height: 4}} | column 26: cameras.yard.height|the nearest is 16",
                "server: {url: nonsense} | line 1, column 15: server.url|'nonsense' is not host:port",
                "server: {webSocket: player} | server.webSocket|'player' is taken",
                "bundles: {'a b': {}} | 'a b'|FACTORY_PID~NAME",
                "bundles: {a~: {}} | 'a~'|FACTORY_PID~NAME",
                "bundles: {a: {'': 1}} | bundles.a|without a name",
                "bundles: {a: {b: 1, B: 2}} | bundles.a.B|second time",
                "bundles: {a: {b: {c: 1}}} | column 18: bundles.a.b|not a map",
                "bundles: {a: {b: [[c]]}} | bundles.a.b|not a list",
                "bundles: {a: 3} | bundles.a|key: value",
                "bundles: {io.github.berrymse.hub~x: {}} | column 11: bundles: io.github.berrymse.hub~x|cameras:",
                "bundles: {io.github.berrymse.hub: {}} | io.github.berrymse.hub is a camera|cameras:",
                "{camera: {name: a}, cameras: {a: {}}} | two cameras|a",
            })
    void saysWhereAFileIsWrong(String content, String place, String reason) throws IOException {
        Path file = file(content.replace("\\n", "\n").replace("\\t", "\t"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file))
                .matches(e -> e.exitCode == 1)
                .withMessageContaining(file.toString())
                .withMessageContaining(place)
                .withMessageContaining(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesWhatIsNestedWithoutEnd(String open) throws IOException {
        Path file = file("camera: " + open.repeat(20_000));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundles: {com.example.door: &a {b: [*a]}}",
                "camera: &a {width: [*a]}",
                "camera: {name: &a [[*a]]}",
                "&a [[*a]]",
            })
    void refusesWhatHoldsItself(String content) throws IOException {
        Path file = file(content);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining(file.toString());
    }

    @Test
    void countsAKeyWithoutAValueAsNotThere() throws Exception {
        assertThat(camera(file("camera: {width: , height: null, controls: {gain: , Contrast: 3}}")))
                .containsOnly(entry(Setting.CONTROLS, Map.of("contrast", "3")));
        assertThat(camera(file("camera:\n"))).isEmpty();
        assertThat(read(file("bundles: {a: {b: , c: 1}}")).bundles()).containsOnly(entry("a", Map.of("c", 1)));
    }

    @Test
    void takesNumbersAndWordsForTexts() throws Exception {
        assertThat(camera(file("camera: {sourceFD: 0, source: true, file: 1.50, profile: MAIN, more: {zone: 01}}")))
                .containsOnly(
                        entry(Setting.SOURCE_FD, "0"),
                        entry(Setting.SOURCE, "true"),
                        entry(Setting.FILE, "1.50"),
                        entry(Setting.PROFILE, "main"),
                        entry(Setting.MORE, Map.of("zone", "01")));
        assertThat(read(file("cameras: {1: {}}")).cameras()).containsOnlyKeys("1");
    }

    @Test
    void passesOnPropertiesAsWhatTheyAre() throws Exception {
        assertThat(read(file("bundles: {a: {b: true, c: 3, d: 3000000000, e: 1.5, f: '3', g: .inf, h: [1, x]}}"))
                        .bundles()
                        .get("a"))
                .containsOnly(
                        entry("b", true),
                        entry("c", 3),
                        entry("d", 3000000000L),
                        entry("e", 1.5),
                        entry("f", "3"),
                        entry("g", ".inf"),
                        entry("h", new String[] {"1", "x"}));
    }

    @Test
    void refusesWhatIsNoConfigurationBySize() throws Exception {
        Path file = file("#".repeat(ConfigFile.LARGEST_BYTES));
        assertThat(read(file)).isEqualTo(Settings.none());
        Files.writeString(file, "#", StandardOpenOption.APPEND);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file))
                .matches(e -> e.exitCode == 1)
                .withMessage(file + " is larger than 1 MB, and no configuration");
    }

    @Test
    void tellsAFileThatCannotBeReadFromOneThatIsNotThere() throws Exception {
        Path file = Files.createSymbolicLink(folder.resolve("config.yml"), folder.resolve("config.yml"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file))
                .withMessageStartingWith(file + " cannot be read: ")
                .withMessageContaining("symbolic links");
        assertThat(ConfigFile.trouble(file, new AccessDeniedException(file.toString())))
                .startsWith(file + " may not be read")
                .contains("chmod")
                .doesNotContain("Exception");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(folder))
                .withMessage(file + " is not a file");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("gone"));
        assertThat(read(file)).isEqualTo(Settings.none());
    }

    @Test
    void saysThatAFileIsNotText() throws IOException {
        Path file = Files.write(folder.resolve("config.yml"), new byte[] {'a', (byte) 0xff, 0, 1});
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file))
                .withMessage(file + " is not text in UTF-8");
    }

    @Test
    void tellsTheFolderOfBundlesFromABundle() throws Exception {
        Path file = file("bundles: {dir: jars, com.example.recorder: {dir: /srv}}");
        Settings settings = read(file);
        assertThat(settings.bundleFolders(file)).containsExactly(folder.resolve("jars"));
        assertThat(settings.bundles()).containsOnly(entry("com.example.recorder", Map.of("dir", "/srv")));

        file("bundles: {dir: {size: 3}}");
        assertThat(read(file).bundleFolders(file)).containsExactly(folder.resolve("bundles"));
        assertThat(read(file).bundles()).containsOnlyKeys("dir");
        file("bundles: {dir: ''}\nserver: {dir: jars}");
        assertThat(read(file).bundleFolders(file)).isEmpty();
        file("bundles: {dir: /srv/jars}");
        assertThat(read(folder).bundleFolders(folder)).containsExactly(Path.of("/srv/jars"));
        file("bundles: {dir: 'a,b'}");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(file).bundleFolders(file))
                .withMessageContaining("comma");
    }
}
