package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * One version of a bundle: one that the executable carries, or a private copy of a jar that was given, so that nobody
 * changes it between the look at it and its use. Immutable.
 *
 * @param symbolicName (OSGi Core 3.5.2)
 * @param fragmentHost the symbolic name of the bundle that it is a fragment of, or null
 * @param origin where it came from, in words for the user
 * @param content opens the jar
 */
record BundleJar(String symbolicName, Version version, String fragmentHost, String origin, Content content) {
    static final String BUILT_IN = "built-in";
    private static final String OURS = "io.github.berrymse.";

    /** The bytes of a jar. */
    interface Content {
        InputStream open() throws IOException;

        /** Deletes what was copied. */
        default void discard() throws IOException {}
    }

    /**
     * Looks at a jar: every byte of it, and what its manifest says.
     *
     * @param copy belongs to what is returned, and is deleted when nothing is
     * @throws SwapException when it is no whole jar, or not of a bundle
     */
    static BundleJar of(Path copy, String origin) throws SwapException, IOException {
        try (JarFile jar = new JarFile(copy.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                check(jar, entry);
            }
            return of(jar.getManifest(), origin, new CopiedContent(copy));
        } catch (IOException | SecurityException e) {
            Files.delete(copy);
            throw new SwapException("it is not a whole jar (" + e.getMessage() + ")", e);
        } catch (SwapException e) {
            Files.delete(copy);
            throw e;
        }
    }

    private static void check(JarFile jar, JarEntry entry) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(jar.getInputStream(entry), new CRC32())) {
            in.skip(Long.MAX_VALUE);
            if (entry.getCrc() != in.getChecksum().getValue()) {
                throw new IOException(entry.getName() + " is damaged");
            }
        }
    }

    private static BundleJar of(Manifest manifest, String origin, Content content) throws SwapException {
        Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String name = name(headers.getValue(Constants.BUNDLE_SYMBOLICNAME));
        if (name == null || !"2".equals(headers.getValue(Constants.BUNDLE_MANIFESTVERSION))) {
            throw new SwapException(
                    "it is not a bundle: its manifest has no Bundle-SymbolicName with" + " Bundle-ManifestVersion: 2");
        }
        try {
            Version version = Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
            return new BundleJar(name, version, name(headers.getValue(Constants.FRAGMENT_HOST)), origin, content);
        } catch (IllegalArgumentException e) {
            throw new SwapException("its Bundle-Version is not MAJOR.MINOR.MICRO.QUALIFIER: " + e.getMessage(), e);
        }
    }

    /** A header's value without its parameters. */
    private static String name(String header) {
        return header == null ? null : header.split(";", 2)[0].trim();
    }

    /** What the user calls a bundle: ours as their folders, {@code source-file}, others by their symbolic name. */
    static String shortName(String symbolicName) {
        return symbolicName.startsWith(OURS)
                ? symbolicName.substring(OURS.length()).replace('.', '-')
                : symbolicName;
    }

    /** Name and version, for the user. */
    String words() {
        return shortName(symbolicName) + " " + version;
    }

    boolean isBuiltIn() {
        return origin.equals(BUILT_IN);
    }

    boolean isFragment() {
        return fragmentHost != null;
    }

    long checksum() throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(content.open(), new CRC32())) {
            in.skip(Long.MAX_VALUE);
            return in.getChecksum().getValue();
        }
    }

    /** A file of ours. */
    private record CopiedContent(Path file) implements Content {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public void discard() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
