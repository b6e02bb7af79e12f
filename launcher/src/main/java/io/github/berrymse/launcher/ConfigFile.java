package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code config.yml} as it is at one moment: what it holds, or why that is not to be had. Immutable. */
final class ConfigFile {
    static final String DEFAULT_NAME = "config.yml";
    static final int LARGEST_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(ConfigFile.class);

    private final Path path;
    private final FileTime modified;
    private final byte[] content;
    private final String absence;
    private final String trouble;

    /**
     * @param modified null when that is not known
     * @param content null when there is none
     * @param absence why defaults are used, or null
     * @param trouble why it cannot be used, in a sentence, or null
     */
    private ConfigFile(Path path, FileTime modified, byte[] content, String absence, String trouble) {
        this.path = path;
        this.modified = modified;
        this.content = content;
        this.absence = absence;
        this.trouble = trouble;
    }

    /** The file that {@code -c} means: itself, or the {@code config.yml} of a folder. */
    static Path of(Path given) {
        return Files.isDirectory(given) ? given.resolve(DEFAULT_NAME) : given;
    }

    /** Looks at it now. @param given as {@code -c} has it */
    static ConfigFile now(Path given) {
        Path path = of(given);
        if (!path.toString().endsWith(".yml")) {
            return new ConfigFile(path, null, null, path + " is not a .yml file", null);
        }
        FileTime modified = null;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            modified = attributes.lastModifiedTime();
            if (!attributes.isRegularFile()) {
                return new ConfigFile(path, modified, null, null, path + " is not a file");
            }
            byte[] content = content(path);
            return content.length > LARGEST_BYTES
                    ? new ConfigFile(path, modified, null, null, path + " is larger than 1 MB, and no configuration")
                    : new ConfigFile(path, modified, content, null, null);
        } catch (NoSuchFileException e) {
            return new ConfigFile(path, null, null, "there is no " + path, null);
        } catch (IOException e) {
            return new ConfigFile(path, modified, null, null, trouble(path, e));
        }
    }

    private static byte[] content(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(LARGEST_BYTES + 1);
        }
    }

    /** Why a file cannot be read, in words. */
    static String trouble(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return path + " may not be read by this user; chmod a+r allows it, and chmod a+x for each folder above it";
        }
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return path + " cannot be read: " + reason;
    }

    Path path() {
        return path;
    }

    /** Whether there is such a file. */
    boolean isThere() {
        return absence == null;
    }

    /** Whether it is there, and not a byte is in it. */
    boolean isEmpty() {
        return content != null && content.length == 0;
    }

    boolean holdsTheSameAs(ConfigFile other) {
        return Arrays.equals(content, other.content)
                && Objects.equals(absence, other.absence)
                && Objects.equals(trouble, other.trouble);
    }

    /** Whether it was not even saved again. */
    boolean isUntouchedSince(ConfigFile other) {
        return holdsTheSameAs(other) && Objects.equals(modified, other.modified);
    }

    /**
     * What it sets; nothing, with a warning, when it is not there.
     *
     * @throws UsageException when it is there but cannot be read or understood
     */
    Settings settings() throws UsageException {
        if (trouble != null) {
            throw new UsageException(1, trouble);
        }
        if (absence != null) {
            LOG.warn("{}; using defaults", absence);
            return Settings.none();
        }
        return ConfigReader.read(ConfigNode.of(path, content));
    }
}
