package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of settings in docs/configuration.md; written anew with {@code -Dgolden.write=true}. */
class SettingDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- end of settings -->\n";

    @TempDir
    Path folder;

    @Test
    void thePageHasTheTable() throws IOException {
        String page = Files.readString(PAGE);
        String made = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + settings()
                + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String settings() {
        StringBuilder text = new StringBuilder("\n| key | flag | type | range | default | when it changes | |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        for (Setting setting : Setting.values()) {
            String flags = setting.flag.isEmpty() ? "" : code(setting.flag) + ", " + code(setting.longFlag());
            String type = setting.type == Setting.Type.MAP ? "map" : setting.type.label();
            text.append(row(
                    code(setting.key),
                    flags,
                    type,
                    setting.type.range(),
                    code(setting.defaultText),
                    setting.change.label,
                    setting.description));
        }
        text.append("\n| when it changes | |\n| --- | --- |\n");
        for (Setting.Change change : Setting.Change.values()) {
            text.append(row(change.label, change.words));
        }
        return text.append('\n').toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** A value as it is typed; words stay words. */
    private static String code(String text) {
        return text.isEmpty() || text.contains(" ") ? text : "`" + text + "`";
    }

    @Test
    void theCompleteFileIsReadAndNamesEverySetting() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("```yaml\n") + 8;
        String example = page.substring(begin, page.indexOf("```", begin));
        Settings settings = ConfigFile.read(Files.writeString(folder.resolve("config.yml"), example));

        assertThat(settings.cameras().keySet()).containsExactly("door", "yard", "pipe", "attic", "loop");
        Set<Setting> named = EnumSet.of(Setting.NAME);
        settings.cameras().values().forEach(camera -> named.addAll(camera.keySet()));
        named.addAll(settings.server().keySet());
        assertThat(named).containsExactlyInAnyOrder(Setting.values());
        assertThat(settings.bundles()).isNotEmpty();
        Configurations.of(settings);
    }

    @ParameterizedTest
    @EnumSource
    void eachSettingOfACameraIsAPropertyOfTheHubWithTheSameDefault(Setting setting) throws Exception {
        if (!setting.isOfCamera() || setting.type == Setting.Type.MAP) {
            return;
        }
        Map<String, String> defaults = Metatype.cameraDefaults();
        String property = setting.property.isEmpty() ? setting.key : setting.property;
        assertThat(defaults).containsKey(property);
        if (!setting.defaultText.contains(" ")) {
            assertThat(value(setting, defaults.get(property))).isEqualTo(value(setting, setting.defaultText));
        }
    }

    private static Object value(Setting setting, String text) {
        return setting.type.parse(text);
    }

    @Test
    void eachKeyAndEachFlagOccursOnce() {
        assertThat(Arrays.stream(Setting.values()).map(setting -> setting.key)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).map(setting -> setting.flag).filter(flag -> !flag.isEmpty()))
                .doesNotHaveDuplicates();
    }
}
