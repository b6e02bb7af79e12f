package io.github.berrymse.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line. {@code -h} is the height, as it has always been, so help is {@code --help}. Immutable.
 *
 * @param settings what was given for each setting, of the setting's type
 * @param configFile as given
 * @param stateFolder as given, or null for a temporary one
 * @param verb what is asked for instead of serving, or null
 * @param isHelp only print the usage
 * @param isVersion only print the version
 */
record Flags(
        Map<Setting, Object> settings,
        Path configFile,
        Path stateFolder,
        Verb verb,
        boolean isHelp,
        boolean isVersion) {

    private static final String HEIGHT_IS_NOT_HELP = "-h is the height, --help is help";

    /** Whether these flags, if they can be parsed, want the program to serve and to keep its state in a temporary folder. */
    static boolean mayServeInTemporaryFolder(String... args) {
        return !Verb.isFirst(args)
                && Arrays.stream(args).noneMatch(arg -> arg.matches("(--state|--help|--version)(=.*)?|@.*"));
    }

    static Flags parse(String... args) throws UsageException {
        ParseResult result;
        try {
            result = new CommandLine(spec(Verb.isFirst(args)))
                    .setOverwrittenOptionsAllowed(true) // the last counts
                    .parseArgs(args);
        } catch (ParameterException e) {
            throw new UsageException(2, sentence(e));
        }
        Map<Setting, Object> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = setting.flag.isEmpty() ? null : result.matchedOptionValue(setting.flag, (String) null);
            if (value != null) {
                settings.put(setting, parsed(setting, value));
            }
        }
        String state = result.matchedOptionValue("--state", (String) null);
        return new Flags(
                settings,
                Path.of(result.matchedOptionValue("-c", ConfigFile.DEFAULT_NAME)),
                state == null ? null : Path.of(state),
                Verb.of(result),
                Verb.isHelp(result),
                result.hasMatchedOption("--version"));
    }

    private static Object parsed(Setting setting, String value) throws UsageException {
        try {
            return setting.type.parse(value.trim());
        } catch (IllegalArgumentException e) {
            boolean isMeantAsHelp = setting == Setting.HEIGHT && !value.matches("[+-]?[0-9]+");
            throw new UsageException(
                    2, setting.flag + ": " + e.getMessage() + (isMeantAsHelp ? "; " + HEIGHT_IS_NOT_HELP : ""));
        }
    }

    private static String sentence(ParameterException e) {
        String reason = e.getMessage().lines().findFirst().orElse("the command line is not understood");
        return reason + "; "
                + (reason.contains(Setting.HEIGHT.longFlag()) ? HEIGHT_IS_NOT_HELP : "see berrymse --help");
    }

    /** Prints the usage. */
    static void printHelp(PrintWriter out) {
        new CommandLine(spec(true)).usage(out, Ansi.OFF);
    }

    private static CommandSpec spec(boolean hasVerbs) {
        CommandSpec spec = CommandSpec.create().name("berrymse");
        spec.usageMessage()
                .description(
                        "Live H.264 from a camera to the browser. Flags come before config.yml, that before defaults.")
                .width(110)
                .sortOptions(false);
        spec.addOption(text("PATH", "config file, or its folder (default \"config.yml\")", "-c"));
        for (Setting setting : Setting.values()) {
            if (!setting.flag.isEmpty()) {
                spec.addOption(text(setting.type.label(), words(setting), setting.flag, setting.longFlag()));
            }
        }
        spec.addOption(text("DIR", "folder for the running state (default: a temporary one)", "--state"));
        spec.addOption(OptionSpec.builder("--help").description("this text").build());
        spec.addOption(
                OptionSpec.builder("--version").description("the version").build());
        if (hasVerbs) {
            Verb.addTo(spec);
        }
        return spec;
    }

    private static String words(Setting setting) {
        String range = setting.type.range();
        return setting.description + " (" + (range.isEmpty() ? "" : range + "; ")
                + (setting.hasDefaultValue() ? "default " : "default: ") + setting.defaultText + ")";
    }

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description.replace("%", "%%"))
                .build();
    }
}
