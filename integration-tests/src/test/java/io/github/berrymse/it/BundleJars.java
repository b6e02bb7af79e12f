package io.github.berrymse.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Other versions of the bundles that the executable carries, made of those. */
final class BundleJars {
    private BundleJars() {}

    /** A built-in bundle with another version, at once whole. */
    static Path version(String bundle, String version, Path jar) throws IOException {
        return edited(bundle, Map.of("Bundle-Version", version), UnaryOperator.identity(), jar);
    }

    /**
     * A built-in bundle with other headers and other contents, moved to its place when it is whole.
     *
     * @param bundle as its folder is called, {@code source-file}
     * @param headers to be set, or taken out where empty
     * @param content makes each file's content; it sees bytes as the characters of Latin 1
     */
    static Path edited(String bundle, Map<String, String> headers, UnaryOperator<String> content, Path jar)
            throws IOException {
        Path part = jar.resolveSibling("." + jar.getFileName());
        try (JarFile executable = new JarFile(Application.EXECUTABLE.toFile());
                JarInputStream in = new JarInputStream(
                        executable.getInputStream(executable.getEntry("bundles/" + bundle + ".jar")));
                OutputStream file = Files.newOutputStream(part);
                JarOutputStream out = new JarOutputStream(file, with(in.getManifest(), headers))) {
            for (JarEntry entry; (entry = in.getNextJarEntry()) != null; ) {
                out.putNextEntry(new JarEntry(entry.getName()));
                String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                out.write(content.apply(bytes).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Manifest with(Manifest manifest, Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (value.isEmpty()) {
                manifest.getMainAttributes().remove(new Attributes.Name(name));
            } else {
                manifest.getMainAttributes().putValue(name, value);
            }
        });
        return manifest;
    }

    /** A file of a built-in bundle. */
    static byte[] file(String bundle, String name) throws IOException {
        try (JarFile executable = new JarFile(Application.EXECUTABLE.toFile());
                JarInputStream in = new JarInputStream(
                        executable.getInputStream(executable.getEntry("bundles/" + bundle + ".jar")))) {
            for (JarEntry entry; (entry = in.getNextJarEntry()) != null; ) {
                if (entry.getName().equals(name)) {
                    return in.readAllBytes();
                }
            }
            throw new IOException(bundle + " has no " + name);
        }
    }
}
