package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders whose jars replace built-in bundles, or are added to them. Of several jars of one symbolic name that of the
 * highest version counts. Confined to the swap thread.
 */
final class BundleFolder {
    private static final Logger LOG = LoggerFactory.getLogger(BundleFolder.class);

    /**
     * A file as it was looked at.
     *
     * @param symbolicName of the bundle that was taken from it last, or null
     * @param refusal why what it holds now was not taken, or null
     */
    private record Seen(long modifiedMs, long size, String symbolicName, Version version, SwapException refusal) {
        boolean isSameAs(Seen other) {
            return other != null && modifiedMs == other.modifiedMs && size == other.size;
        }

        boolean isPremature() {
            return refusal != null && refusal.isPremature;
        }
    }

    private final BundleSwap swap;
    private final Path copies;
    private final Map<Path, Seen> files = new TreeMap<>();
    private final Set<Path> unreadable = new HashSet<>();
    private Set<Path> missing = Set.of();
    private List<Path> folders = List.of();

    /** @param copies a folder for private copies of the jars */
    BundleFolder(BundleSwap swap, Path copies) {
        this.swap = swap;
        this.copies = copies;
    }

    /** The folders by the names by which FileInstall tells of their files. */
    static List<Path> canonical(List<Path> folders) throws IOException {
        List<Path> canonical = new ArrayList<>();
        for (Path folder : folders) {
            canonical.add(folder.toFile().getCanonicalFile().toPath());
        }
        return canonical;
    }

    /** Takes what is in these folders now, and gives up what was taken from others. @param newFolders canonical */
    void use(List<Path> newFolders) throws IOException {
        folders = newFolders;
        List.copyOf(files.keySet()).stream()
                .filter(file -> !folders.contains(file.getParent()))
                .forEach(this::removed);
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, BundleFolder::isJar)) {
                    jars.forEach(this::changed);
                }
            }
        }
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().matches(FolderWatch.JAR) && Files.isRegularFile(file);
    }

    List<Path> folders() {
        return folders;
    }

    /** A jar has come, or is another now. */
    void changed(Path file) {
        Seen before = files.get(file);
        Seen now = new Seen(file.toFile().lastModified(), file.toFile().length(), null, null, null);
        if (!now.isSameAs(before) && isTaken(file, now, before)) {
            retry();
        }
    }

    private boolean isTaken(Path file, Seen now, Seen before) {
        String had = before == null ? null : before.symbolicName;
        try {
            BundleJar jar = copy(file);
            unreadable.remove(file);
            if (had != null && !had.equals(jar.symbolicName())) {
                removed(file);
            }
            Path newest = newest(jar, file);
            if (newest.equals(file)) {
                replace(file, jar);
            } else {
                jar.content().discard();
                LOG.info("{}: {} waits, as {} is newer", file, jar.words(), newest);
            }
            files.put(file, new Seen(now.modifiedMs, now.size, jar.symbolicName(), jar.version(), null));
            if (!newest.equals(file) && before != null) { // it was the newest until now, maybe
                return isTaken(newest, files.get(newest), files.get(newest));
            }
            return true;
        } catch (IOException e) {
            if (unreadable.add(file)) {
                LOG.warn("{} cannot be read ({}); what ran before goes on", file, e.toString());
            }
            return false;
        } catch (SwapException e) {
            boolean isNews =
                    before == null || before.refusal == null || !e.getMessage().equals(before.refusal.getMessage());
            if (isNews) {
                LOG.warn("{} is not used: {}; what ran before goes on", file, e.getMessage());
            }
            files.put(file, new Seen(now.modifiedMs, now.size, had, before == null ? null : before.version, e));
            return false;
        }
    }

    private void replace(Path file, BundleJar jar) throws SwapException, IOException {
        long checksum = jar.checksum();
        Optional<String> refused = swap.isStarted() ? Optional.empty() : Refusals.reason(file, checksum);
        if (refused.isPresent()) {
            jar.content().discard();
            throw new SwapException("when it was last tried, " + refused.get() + "; save it again to have it tried");
        }
        try {
            String words = swap.replace(jar);
            Refusals.forget(file);
            if (!words.isEmpty()) {
                LOG.info("{}: {}", file, words);
            }
        } catch (SwapException e) {
            if (e.isWithoutPicture) {
                Refusals.note(file, checksum, e.getMessage());
            }
            throw e;
        }
    }

    private BundleJar copy(Path file) throws SwapException, IOException {
        Path copy = Files.createTempFile(copies, "", ".jar");
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.delete(copy);
            throw e;
        }
        return BundleJar.of(copy, file.toString());
    }

    /** The file of the highest version of a bundle: the one given, or another that was taken. */
    private Path newest(BundleJar jar, Path file) {
        Path newest = file;
        Version version = jar.version();
        for (Map.Entry<Path, Seen> other : files.entrySet()) {
            Seen seen = other.getValue();
            if (jar.symbolicName().equals(seen.symbolicName)
                    && !other.getKey().equals(file)
                    && seen.version.compareTo(version) > 0) {
                newest = other.getKey();
                version = seen.version;
            }
        }
        return newest;
    }

    /** What was refused may find now what it needs. */
    private void retry() {
        for (Map.Entry<Path, Seen> entry : List.copyOf(files.entrySet())) {
            Seen seen = entry.getValue();
            if (seen.isPremature() && isTaken(entry.getKey(), seen, seen)) {
                retry();
                return;
            }
        }
    }

    /**
     * Gives up every jar that was not there the last time either, as some programs write a file anew by deleting it first,
     * and takes what can be read by now.
     */
    void lookAgain() {
        if (files.isEmpty() && unreadable.isEmpty()) { // nearly always, and it is asked every second
            return;
        }
        Set<Path> before = missing;
        missing = files.keySet().stream().filter(file -> !Files.exists(file)).collect(Collectors.toSet());
        missing.stream().filter(before::contains).sorted().forEach(this::removed);
        unreadable.removeIf(file -> !Files.exists(file));
        List.copyOf(unreadable).stream().filter(Files::isReadable).forEach(this::changed);
    }

    /** A jar has gone, or its folder does not count any more. */
    private void removed(Path file) {
        if (!Files.exists(file)) {
            Refusals.forget(file);
        }
        Seen seen = files.remove(file);
        if (seen == null || seen.symbolicName == null) {
            return;
        }
        for (Map.Entry<Path, Seen> entry : List.copyOf(files.entrySet())) {
            if (seen.symbolicName.equals(entry.getValue().symbolicName)) { // in its place, without the built-in between
                isTaken(entry.getKey(), entry.getValue(), entry.getValue());
            }
        }
        String words = swap.withdraw(seen.symbolicName, file.toString());
        if (!words.isEmpty()) {
            LOG.info("{} is gone: {}", file, words);
        }
    }
}
