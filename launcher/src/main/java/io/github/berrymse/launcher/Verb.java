package io.github.berrymse.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the command line asks for instead of serving: {@code prepare}, or something of a program that runs already. Immutable.
 *
 * @param name {@code bundles}, {@code swap}, {@code rollback} or {@code prepare}
 * @param argument what follows it, or empty
 * @param jar the file to be sent along, or null
 * @param address where the program listens, or null for the only one
 * @param state its state folder, or null for any
 */
record Verb(String name, String argument, Path jar, ListenAddress address, Path state) {
    private static final String HELP = "--help";
    private static final String PREPARE = "prepare";

    /** Whether the command line asks something: its first word tells, so that no value of a flag is taken for a verb. */
    static boolean isFirst(String... args) {
        return args.length > 0
                && List.of("bundles", "swap", "rollback", PREPARE).contains(args[0]);
    }

    /** Tells the command line's parser of all verbs. */
    static void addTo(CommandSpec berrymse) {
        addWhich(add(berrymse, "bundles", null, "list the bundles of the running berrymse"));
        addWhich(add(berrymse, "swap", "FILE.jar", "replace or add a bundle of the running berrymse until it ends"));
        addWhich(add(berrymse, "rollback", "NAME", "go back to what ran before in place of a bundle"));
        add(berrymse, PREPARE, null, "make the next start faster now, such as while an image is built, and end");
    }

    private static CommandSpec add(CommandSpec berrymse, String name, String argument, String description) {
        CommandSpec verb = CommandSpec.create();
        verb.usageMessage().description(description);
        if (argument != null) {
            verb.addPositional(PositionalParamSpec.builder()
                    .type(String.class)
                    .paramLabel(argument)
                    .arity("1")
                    .required(true)
                    .build());
        }
        verb.addOption(OptionSpec.builder(HELP)
                .usageHelp(true)
                .description("this text")
                .build());
        berrymse.addSubcommand(name, verb);
        return verb;
    }

    private static void addWhich(CommandSpec verb) {
        verb.addOption(option("HOST:PORT", "which one, where several run", "-l", "--Server.URL"));
        verb.addOption(option("DIR", "which one, by its state folder", "--state"));
    }

    private static OptionSpec option(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** @param flags of the whole command line @return null when it has no verb, or asks for help */
    static Verb of(ParseResult flags) throws UsageException {
        if (!flags.hasSubcommand() || isHelp(flags)) {
            return null;
        }
        ParseResult verb = flags.subcommand();
        String name = verb.commandSpec().name();
        String argument = verb.matchedPositionalValue(0, "");
        String address = verb.matchedOptionValue("-l", null);
        String state = verb.matchedOptionValue("--state", null);
        return new Verb(
                name,
                argument,
                name.equals("swap") ? jar(argument) : null,
                address == null ? null : address(address),
                state == null ? null : Path.of(state));
    }

    /** Whether it asks for nothing of a running program. */
    boolean isPrepare() {
        return name.equals(PREPARE);
    }

    private static ListenAddress address(String text) throws UsageException {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(2, "-l: " + e.getMessage());
        }
    }

    static boolean isHelp(ParseResult flags) {
        return flags.hasMatchedOption(HELP)
                || flags.hasSubcommand() && flags.subcommand().hasMatchedOption(HELP);
    }

    private static Path jar(String name) throws UsageException {
        Path jar = Path.of(name);
        if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            throw new UsageException(1, name + " is not a file that can be read; give the jar of a bundle");
        }
        return jar;
    }
}
