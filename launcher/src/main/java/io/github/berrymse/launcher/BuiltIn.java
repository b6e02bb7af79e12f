package io.github.berrymse.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The bundles that the executable carries: jars under {@code bundles/} in its own jar, or in its folder where it is not
 * packed. The jar stays open, so that they are to be had after the executable was replaced on disk too. Thread-safe.
 */
final class BuiltIn {
    private static final String BUNDLES = "bundles/";
    private static final String LOCATION = "built-in:";

    private final Path folder;
    private final JarFile jar;

    private BuiltIn(Path folder, JarFile jar) {
        this.folder = folder;
        this.jar = jar;
    }

    static BuiltIn open() throws IOException {
        Path self = self();
        return Files.isDirectory(self)
                ? new BuiltIn(self.resolve(BUNDLES), null)
                : new BuiltIn(null, new JarFile(self.toFile()));
    }

    /** The executable, or the folder of classes. */
    static Path self() throws IOException {
        try {
            return new File(BuiltIn.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toPath();
        } catch (URISyntaxException e) {
            throw new IOException("the executable cannot find itself", e);
        }
    }

    /** The locations (OSGi Core 4.4.3) of all, in the order of the jar. */
    List<String> locations() throws IOException {
        if (jar != null) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(BUNDLES) && name.endsWith(".jar"))
                    .map(name -> LOCATION + name.substring(BUNDLES.length()))
                    .toList();
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().map(file -> LOCATION + file.getFileName()).toList();
        }
    }

    static boolean isLocation(String location) {
        return location.startsWith(LOCATION);
    }

    /** @param location one of {@link #locations} */
    InputStream open(String location) throws IOException {
        String name = location.substring(LOCATION.length());
        return jar != null
                ? jar.getInputStream(jar.getEntry(BUNDLES + name))
                : Files.newInputStream(folder.resolve(name));
    }
}
