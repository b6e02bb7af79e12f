package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

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

    /** What there is to ask for, with what must follow it. */
    private enum Kind {
        BUNDLES("", "list the bundles of the running berrymse"),
        SWAP("FILE.jar", "replace or add a bundle of the running berrymse until it ends"),
        ROLLBACK("NAME", "go back to what ran before in place of a bundle"),
        PREPARE("", "make the next start faster now, such as while an image is built, and end");

        private final String argument;
        private final String description;

        Kind(String argument, String description) {
            this.argument = argument;
            this.description = description;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Options options() {
            Options options = new Options().addOption(Flags.HELP);
            return this == PREPARE ? options : options.addOption(Flags.URL).addOption(Flags.STATE);
        }
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }

    /** Whether the command line asks something: its first word tells, so that no value of a flag is taken for a verb. */
    static boolean isFirst(String... args) {
        return args.length > 0 && kind(args[0]) != null;
    }

    /** Prints what there is to ask for. */
    static void printHelp(PrintWriter out) throws IOException {
        for (Kind kind : Kind.values()) {
            Flags.printRow(out, kind.word() + " " + kind.argument, kind.description);
        }
        out.println("  All but prepare take " + Setting.URL.flag + " or --state to say which of several is meant.");
    }

    /** @param args of which a verb {@link #isFirst} @return null when it asks for help */
    static Verb parse(String... args) throws UsageException {
        Kind kind = kind(args[0]);
        CommandLine line = Flags.commandLine(kind.options(), Arrays.copyOfRange(args, 1, args.length));
        if (line.hasOption(Flags.HELP)) {
            return null;
        }
        List<String> words = line.getArgList();
        if (words.size() != (kind.argument.isEmpty() ? 0 : 1)) {
            String what = kind.argument.isEmpty() ? "nothing" : "just " + kind.argument;
            throw new UsageException(2, kind.word() + " takes " + what + "; see berrymse --help");
        }
        String address = Flags.last(line, Flags.URL.getOpt());
        String state = Flags.last(line, Flags.STATE.getLongOpt());
        return new Verb(
                kind.word(),
                words.isEmpty() ? "" : words.get(0),
                kind == Kind.SWAP ? jar(words.get(0)) : null,
                address == null ? null : address(address),
                state == null ? null : Path.of(state));
    }

    /** Whether it asks for nothing of a running program. */
    boolean isPrepare() {
        return name.equals(Kind.PREPARE.word());
    }

    private static ListenAddress address(String text) throws UsageException {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(2, "-l: " + e.getMessage());
        }
    }

    private static Path jar(String name) throws UsageException {
        Path jar = Path.of(name);
        if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            throw new UsageException(1, name + " is not a file that can be read; give the jar of a bundle");
        }
        return jar;
    }
}
