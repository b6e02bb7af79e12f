package io.github.berrymse.api;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The package's version and all that others can see of it. Immutable.
 *
 * @param version of the package: MAJOR.MINOR.MICRO
 * @param text a line for each type and each member
 */
record ApiRecord(String version, String text) {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final String NAME = "io.github.berrymse.api";
    private static final Pattern EXPORT = Pattern.compile(Pattern.quote(NAME) + ";version=\"([0-9.]+)\"");

    /** What was compiled. */
    static ApiRecord now() throws IOException, ReflectiveOperationException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(CLASSES.resolve(NAME.replace('.', '/')), "[A-Z]*.class")) {
            files.forEach(file -> names.add(file.getFileName().toString().replace(".class", "")));
        }
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append('\n').append(new Signature(Class.forName(NAME + "." + name)).lines());
        }
        return new ApiRecord(exportedVersion(), text.toString());
    }

    private static String exportedVersion() throws IOException {
        String manifest =
                Files.readString(CLASSES.resolve("META-INF/MANIFEST.MF")).replaceAll("\r?\n ", "");
        Matcher export = EXPORT.matcher(manifest);
        if (!export.find()) {
            throw new IOException("the manifest does not export " + NAME + ": " + manifest);
        }
        return export.group(1);
    }

    /** Reads what {@link #toString} wrote. */
    static ApiRecord of(String written) {
        String[] parts = written.split("\n", 2);
        return new ApiRecord(parts[0].substring(parts[0].lastIndexOf(' ') + 1), parts[1]);
    }

    @Override
    public String toString() {
        return "package " + NAME + " " + version + "\n" + text;
    }

    /** What is to be done when this is not what was promised; empty when it is. */
    String complaint(ApiRecord promised) {
        Set<String> gone = promised.lines();
        gone.removeAll(lines());
        Set<String> added = lines();
        added.removeAll(promised.lines());
        if (gone.isEmpty() && added.isEmpty() && version.equals(promised.version)) {
            return "";
        }
        String needed = neededVersion(promised, gone, added);
        String remedy = Arrays.compare(numbers(version), numbers(needed)) >= 0
                ? "The version " + version + " covers that: write"
                : "Raise the version in package-info.java to " + needed + " (or leave it if " + promised.version
                        + " was never released), and then write";
        return "The API is not what api.txt promises for " + promised.version + ": gone " + gone + ", new " + added
                + ". " + remedy + " api.txt anew with -Dgolden.write=true.";
    }

    private static String neededVersion(ApiRecord promised, Set<String> gone, Set<String> added) {
        int[] was = numbers(promised.version);
        if (!gone.isEmpty() || added.stream().anyMatch(promised::breaksConsumers)) {
            return was[0] + 1 + ".0.0";
        }
        return added.isEmpty() ? promised.version : was[0] + "." + (was[1] + 1) + ".0";
    }

    /** Whether those who implement a type have to write a new method. */
    private boolean breaksConsumers(String added) {
        String[] parts = added.split(": abstract ", 2);
        return parts.length == 2
                && lines().stream().anyMatch(line -> (line + " ").startsWith("consumer interface " + parts[0] + " "));
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\.")
                .splitAsStream(version)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private Set<String> lines() {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
