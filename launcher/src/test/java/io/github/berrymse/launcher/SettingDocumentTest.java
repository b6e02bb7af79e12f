package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
        StringBuilder text =
                new StringBuilder("\n| key | flag | type | unit | range | default | when it changes | |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Setting setting : Setting.values()) {
            String flags = setting.flag.isEmpty() ? "" : code(setting.flag) + ", " + code(setting.longFlag());
            text.append(row(
                    code(setting.key),
                    flags,
                    setting.type.label(),
                    setting.type.unit(),
                    setting.type.range(),
                    code(setting.defaultText),
                    setting.change.label,
                    setting.description));
        }
        text.append("\n| when it changes | |\n| --- | --- |\n");
        for (Change change : Change.values()) {
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
        Settings settings = ConfigFile.now(Files.writeString(folder.resolve("config.yml"), example))
                .settings();

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
    void eachSettingOfABundleIsInItsMetatypeWithTheSameSentenceDefaultAndRange(Setting setting) throws Exception {
        if (!Metatype.isOf(setting.pid) || setting.isMap()) {
            return;
        }
        String property = setting.property.isEmpty() ? setting.key : setting.property;
        Metatype.Attribute attribute = Metatype.of(setting.pid).get(property);
        assertThat(attribute).isNotNull();
        assertThat(attribute.description()).isEqualTo(sentence(setting));
        assertThat(attribute.type())
                .isEqualTo(Map.of("int", "Integer", "number", "Double", "string", "String")
                        .get(setting.type.label()));
        if (setting.hasDefaultValue()) {
            assertThat(setting.type.parse(attribute.defaultText())).isEqualTo(setting.type.parse(setting.defaultText));
        } else {
            assertThat(attribute.defaultText()).isEmpty();
        }
        assertThat(attribute.minimum()).isEqualTo(setting.type instanceof NumberType type ? minimum(type) : "");
        assertThat(attribute.maximum()).isEqualTo(setting.type instanceof NumberType type ? text(type.maximum()) : "");
        assertThat(attribute.options()).isEqualTo(values(setting.type));
    }

    private static String sentence(Setting setting) {
        return setting.description.substring(0, 1).toUpperCase(Locale.ROOT)
                + setting.description.substring(1)
                + (setting.type.range().startsWith("even") ? ", even" : "")
                + (setting.hasDefaultValue() ? "" : "; empty: " + setting.defaultText);
    }

    private static String minimum(NumberType type) {
        return text(Math.min(
                type.minimum(),
                type.others().isEmpty() ? type.minimum() : type.others().get(0)));
    }

    private static String text(double number) {
        return String.valueOf((long) number);
    }

    /** The values of a type that has only a few. */
    private static List<String> values(ValueType type) {
        return type instanceof ChoiceType choice
                ? choice.allowed()
                : type instanceof TurnType ? List.of(type.range().split(", ")) : List.of();
    }

    @ParameterizedTest
    @EnumSource
    void eachSentenceNamesTheUnit(Setting setting) {
        assertThat(setting.description).containsIgnoringCase(setting.type.unit());
    }

    @Test
    void eachKeyAndEachFlagOccursOnce() {
        assertThat(Arrays.stream(Setting.values()).map(setting -> setting.key)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).map(setting -> setting.flag).filter(flag -> !flag.isEmpty()))
                .doesNotHaveDuplicates();
    }
}
