package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.apache.commons.cli.help.TextHelpAppendable;
import org.apache.commons.cli.help.TextStyle;

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

    static final Option URL = option(Setting.URL);
    static final Option STATE = text("DIR", "folder for the running state (default: a temporary one)")
            .longOpt("state")
            .get();
    static final Option HELP =
            Option.builder().longOpt("help").desc("this text").get();
    private static final Option CONFIG = text("PATH", "config file, or its folder (default \"config.yml\")")
            .option("c")
            .get();
    private static final Option VERSION =
            Option.builder().longOpt("version").desc("the version").get();

    /** Where the help's second column begins, and where its lines end. */
    private static final int COLUMN = 33;

    private static final int WIDTH = 110;

    /** Whether these flags, if they can be parsed, want the program to serve and to keep its state in a temporary folder. */
    static boolean mayServeInTemporaryFolder(String... args) {
        return !Verb.isFirst(args) && Arrays.stream(args).noneMatch(arg -> arg.matches("--(state|help|version)(=.*)?"));
    }

    static Flags parse(String... args) throws UsageException {
        if (Verb.isFirst(args)) {
            Verb verb = Verb.parse(args);
            return new Flags(Map.of(), Path.of(ConfigFile.DEFAULT_NAME), null, verb, verb == null, false);
        }
        CommandLine line = commandLine(all(), args);
        if (!line.getArgList().isEmpty()) {
            throw new UsageException(2, line.getArgList().get(0) + " is not a flag; see berrymse --help");
        }
        Map<Setting, Object> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = setting.flag.isEmpty() ? null : last(line, setting.flag.substring(1));
            if (value != null) {
                settings.put(setting, parsed(setting, value));
            }
        }
        String config = last(line, CONFIG.getOpt());
        String state = last(line, STATE.getLongOpt());
        return new Flags(
                settings,
                Path.of(config == null ? ConfigFile.DEFAULT_NAME : config),
                state == null ? null : Path.of(state),
                null,
                line.hasOption(HELP),
                line.hasOption(VERSION));
    }

    /** @throws UsageException when what begins with a dash is none of the options, or lacks its value */
    static CommandLine commandLine(Options options, String... args) throws UsageException {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(
                            options,
                            Arrays.stream(args).map(arg -> apart(arg, options)).toArray(String[]::new));
        } catch (MissingArgumentException e) {
            boolean isMeantAsHelp =
                    Setting.HEIGHT.flag.equals("-" + e.getOption().getOpt());
            throw new UsageException(
                    2,
                    names(e.getOption()) + ": a value is missing" + (isMeantAsHelp ? "; " + HEIGHT_IS_NOT_HELP : ""));
        } catch (UnrecognizedOptionException e) {
            throw new UsageException(2, e.getOption() + " is not a flag; see berrymse --help");
        } catch (ParseException e) {
            throw new UsageException(2, e.getMessage() + "; see berrymse --help");
        }
    }

    /** {@code -c=a=b} for {@code -ca=b}, and {@code -h=elp}: the library would first look for other meanings of it. */
    private static String apart(String arg, Options options) {
        boolean isAttached = arg.length() > 2 && arg.charAt(2) != '=' && options.hasShortOption(arg.substring(1, 2));
        return isAttached && arg.charAt(0) == '-' ? arg.substring(0, 2) + "=" + arg.substring(2) : arg;
    }

    /** What was given last for the option of that name, or null. */
    static String last(CommandLine line, String name) {
        String[] values = line.getOptionValues(name);
        return values == null ? null : values[values.length - 1];
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

    /** Prints the usage. */
    static void printHelp(PrintWriter out) throws IOException {
        out.println("Usage: berrymse [FLAGS]");
        out.println("       berrymse COMMAND");
        out.println("Live H.264 from a camera to the browser. Flags come before config.yml, that before defaults.");
        for (Option option : all().getOptions()) {
            String indent = option.getOpt() == null ? "    " : "";
            String value = option.hasArg() ? "=" + option.getArgName() : "";
            printRow(out, indent + names(option) + value, option.getDescription());
        }
        out.println("Commands:");
        Verb.printHelp(out);
        out.flush();
    }

    static void printRow(PrintWriter out, String left, String right) throws IOException {
        String begin = String.format(Locale.ROOT, "  %-" + (COLUMN - 3) + "s ", left);
        TextStyle style =
                TextStyle.builder().setIndent(COLUMN + 2).setMaxWidth(WIDTH).get();
        new TextHelpAppendable(out).printWrapped(begin + right, style);
    }

    private static String names(Option option) {
        String longName = option.hasLongOpt() ? "--" + option.getLongOpt() : "";
        return option.getOpt() == null ? longName : "-" + option.getOpt() + (longName.isEmpty() ? "" : ", " + longName);
    }

    private static Options all() {
        Options options = new Options().addOption(CONFIG);
        for (Setting setting : Setting.values()) {
            if (!setting.flag.isEmpty()) {
                options.addOption(option(setting));
            }
        }
        return options.addOption(STATE).addOption(HELP).addOption(VERSION);
    }

    private static Option option(Setting setting) {
        return text(setting.type.label(), words(setting))
                .option(setting.flag.substring(1))
                .longOpt(setting.longFlag().substring(2))
                .get();
    }

    private static String words(Setting setting) {
        String range = setting.type.range();
        return setting.description + " (" + (range.isEmpty() ? "" : range + "; ")
                + (setting.hasDefaultValue() ? "default " : "default: ") + setting.defaultText + ")";
    }

    private static Option.Builder text(String label, String description) {
        return Option.builder().hasArg().argName(label).desc(description);
    }
}
