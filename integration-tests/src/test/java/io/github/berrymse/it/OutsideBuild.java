package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Maven, as somebody uses it who has nothing of this repository but the installed API. The local repository is one of its
 * own in {@code target}: the API as {@code mvn install -pl api -am} leaves it, and links to all that the user's has. So
 * nothing of a test gets into the user's, and nothing is downloaded that the build of this repository has not had before.
 * (Maven 3.9 has {@code maven.repo.local.tail} for that; Debian 12 has 3.8.)
 */
final class OutsideBuild {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Path API = Path.of("..", "api");
    private static final Path REPOSITORY =
            Path.of("target", "outside-repository").toAbsolutePath();

    private OutsideBuild() {}

    static Path example(String name) {
        return EXAMPLES.resolve(name);
    }

    /** Puts the API of this build where {@link #pack} finds it. */
    static void installApi() throws IOException {
        link(Path.of(System.getProperty("localRepository")), REPOSITORY, Path.of("io", "github", "berrymse"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(API.resolve("target"), "api-*.jar")) {
            Path jar = jars.iterator().next();
            String version = jar.getFileName().toString().replaceAll("^api-|\\.jar$", "");
            install("berrymse", version, Path.of("..", "pom.xml"), ".pom");
            install("api", version, API.resolve("pom.xml"), ".pom");
            install("api", version, jar, ".jar");
        }
    }

    /** Links each folder but the one that is ours, to which a way of real folders leads. */
    private static void link(Path from, Path to, Path ours) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                Path link = to.resolve(entry.getFileName());
                boolean isOnTheWay = entry.getFileName().equals(ours.getName(0));
                if (isOnTheWay && ours.getNameCount() > 1) {
                    link(entry, link, ours.subpath(1, ours.getNameCount()));
                } else if (!isOnTheWay && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, entry);
                }
            }
        }
    }

    private static void install(String artifact, String version, Path file, String ending) throws IOException {
        Path folder = REPOSITORY.resolve(Path.of("io", "github", "berrymse", artifact, version));
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + version + ending), StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@code mvn -f examples/NAME package}. @return the bundle */
    static Path pack(String name) throws IOException, InterruptedException {
        Path project = example(name);
        ProcessBuilder builder = new ProcessBuilder(
                        "mvn", "-q", "-B", "-f", project.toString(), "package", "-Dmaven.repo.local=" + REPOSITORY)
                .redirectErrorStream(true);
        builder.environment().merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1", (own, quick) -> own + " " + quick);
        Process maven = builder.start();
        String words = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(maven.waitFor()).as("mvn package says: %s", words).isZero();
        return project.resolve(Path.of("target", name + "-1.0.0.jar"));
    }
}
