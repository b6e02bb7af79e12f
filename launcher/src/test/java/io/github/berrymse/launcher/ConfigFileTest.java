package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    Path folder;

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
        Settings settings = ConfigFile.read(file);
        assertThat(settings.cameras()).containsOnlyKeys("camera");
        assertThat(settings.cameras().get("camera"))
                .containsOnly(
                        entry(Setting.SOURCE_FD, "/dev/video1"),
                        entry(Setting.WIDTH, 640),
                        entry(Setting.HEIGHT, 480),
                        entry(Setting.BITRATE, -1),
                        entry(Setting.ROTATION, 90));
        assertThat(settings.server())
                .containsOnly(entry(Setting.URL, "0.0.0.0:80"), entry(Setting.WEB_SOCKET, "video"));
    }

    private static Map<Setting, Object> camera(Path path) throws UsageException {
        return ConfigFile.read(path).cameras().get("camera");
    }

    @Test
    void readsSeveralCamerasInTheirOrder() throws Exception {
        Settings settings =
                ConfigFile.read(file("camera: {name: door, width: 640}\ncameras:\n  yard: {height: 480}\n  attic:\n"));
        assertThat(settings.cameras().keySet()).containsExactly("door", "yard", "attic");
        assertThat(settings.cameras().get("yard")).containsOnly(entry(Setting.HEIGHT, 480));
        Settings flagged = settings.with(Map.of(Setting.WIDTH, 320, Setting.URL, ":80"));
        assertThat(flagged.cameras().get("door")).containsOnly(entry(Setting.WIDTH, 320));
        assertThat(flagged.cameras().get("yard")).isEqualTo(settings.cameras().get("yard"));
        assertThat(flagged.address()).isEqualTo(new ListenAddress("", 80));
    }

    @Test
    void readsControlsAndPropertiesOfAnyBundle() throws Exception {
        Settings settings = ConfigFile.read(
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
        assertThat(ConfigFile.read(folder.resolve("missing.yml"))).isEqualTo(Settings.none());
        assertThat(ConfigFile.read(Files.writeString(folder.resolve("config.yaml"), "camera: {width: 320}")))
                .isEqualTo(Settings.none());
        assertThat(ConfigFile.read(file(""))).isEqualTo(Settings.none());
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
                "camera: {width: wide} | camera.width|'wide' is not a whole number",
                "camera: 3 | camera|'3'",
                "- a | the file|key: value",
                "camera: {width: 641} | camera.width|the nearest is 640",
                "camera: {height: 4} | camera.height|the nearest is 16",
                "camera: {rotation: 100} | camera.rotation|the nearest is 90",
                "camera: {bitrate: -2} | camera.bitrate|the nearest is -1",
                "camera: {profile: lowest} | camera.profile|constrained-baseline",
                "camera: {controls: 3} | camera.controls|map",
                "cameras: {a b: {}} | 'a b'|letters",
                "bundles: {'a b': {}} | 'a b'|FACTORY_PID~NAME",
                "bundles: {a~: {}} | 'a~'|FACTORY_PID~NAME",
                "bundles: {a: {'': 1}} | bundles.a|without a name",
                "{camera: {name: a}, cameras: {a: {}}} | two cameras|a",
            })
    void saysWhereAFileIsWrong(String content, String place, String reason) throws IOException {
        Path file = file(content.replace("\\n", "\n").replace("\\t", "\t"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ConfigFile.read(file))
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
                .isThrownBy(() -> ConfigFile.read(file))
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
                .isThrownBy(() -> ConfigFile.read(file))
                .withMessageContaining(file.toString());
    }

    @Test
    void saysThatAFileIsNotText() throws IOException {
        Path file = Files.write(folder.resolve("config.yml"), new byte[] {'a', (byte) 0xff, 0, 1});
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ConfigFile.read(file))
                .withMessage(file + " is not text in UTF-8");
    }

    @Test
    void tellsTheFolderOfBundlesFromABundle() throws Exception {
        Path file = file("bundles: {dir: jars, com.example.recorder: {dir: /srv}}");
        Settings settings = ConfigFile.read(file);
        assertThat(settings.bundleFolders(file)).containsExactly(folder.resolve("jars"));
        assertThat(settings.bundles()).containsOnly(entry("com.example.recorder", Map.of("dir", "/srv")));

        file("bundles: {dir: {size: 3}}");
        assertThat(ConfigFile.read(file).bundleFolders(file)).containsExactly(folder.resolve("bundles"));
        assertThat(ConfigFile.read(file).bundles()).containsOnlyKeys("dir");
        file("bundles: {dir: ''}\nserver: {dir: jars}");
        assertThat(ConfigFile.read(file).bundleFolders(file)).isEmpty();
        file("bundles: {dir: /srv/jars}");
        assertThat(ConfigFile.read(folder).bundleFolders(folder)).containsExactly(Path.of("/srv/jars"));
        file("bundles: {dir: 'a,b'}");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ConfigFile.read(file).bundleFolders(file))
                .withMessageContaining("comma");
    }
}
