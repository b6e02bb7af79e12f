package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flag, else the file, else the component's default, for each key by itself. */
class PrecedenceTest {
    @TempDir
    Path folder;

    private Map<String, Object> camera(String file, String... flags) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), file);
        Settings settings =
                ConfigFile.now(config).settings().with(Flags.parse(flags).settings());
        return Configurations.of(settings).get("io.github.berrymse.hub~camera");
    }

    /** The width has a default; the device has none, an empty one is looked for. */
    @ParameterizedTest(name = "{0}: flag {1}, file {2} give {3}")
    @CsvSource({
        "width,      640,         320,         640",
        "width,      640,         ,            640",
        "width,      ,            320,         320",
        "width,      ,            ,            1280",
        "sourceFD,   /dev/video4, /dev/video7, /dev/video4",
        "sourceFD,   /dev/video4, ,            /dev/video4",
        "sourceFD,   ,            /dev/video7, /dev/video7",
        "sourceFD,   ,            ,            ''",
    })
    void aFlagComesBeforeTheFileAndThatBeforeTheDefault(String key, String flag, String file, String effective)
            throws Exception {
        Setting setting = key.equals("width") ? Setting.WIDTH : Setting.SOURCE_FD;
        String[] flags = flag == null ? new String[0] : new String[] {setting.flag, flag};
        Object configured = camera(file == null ? "" : "camera: {" + key + ": " + file + "}", flags)
                .get(setting.property);
        if (flag == null && file == null) {
            assertThat(configured).as("it is left to the component").isNull();
            configured = Metatype.of(Setting.Pids.CAMERA).get(setting.property).defaultText();
        }
        assertThat(configured).hasToString(effective);
    }

    @Test
    void aFlagHidesItsOwnKeyOnly() throws Exception {
        assertThat(camera("camera: {width: 320, height: 240}", "-w", "640"))
                .containsEntry("width", 640)
                .containsEntry("height", 240)
                .doesNotContainKey("bitrate");
    }

    @Test
    void aSettingComesBeforeThePropertyOfABundle() throws Exception {
        String pid = Setting.Pids.WEB_SOCKET;
        String file = "server: {webSocket: %s}\nbundles: {" + pid + ": {path: theirs, other: 3}}";
        Path config = Files.writeString(folder.resolve("config.yml"), file.formatted("ours"));
        assertThat(Configurations.of(ConfigFile.now(config).settings()).get(pid))
                .containsOnly(Map.entry("path", "ours"), Map.entry("other", 3));
        Files.writeString(config, file.formatted(""));
        assertThat(Configurations.of(ConfigFile.now(config).settings()).get(pid))
                .containsEntry("path", "theirs");
    }
}
