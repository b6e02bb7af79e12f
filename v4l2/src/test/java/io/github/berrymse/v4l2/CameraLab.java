package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The camera lab's virtual machine, for tests of all modules: one guest plays a test class's scenes, and each test looks
 * at what was said in one. Confined to the tests' thread.
 */
public final class CameraLab {

    /** Where the lab is: tests run in their module's folder. */
    public static final Path FOLDER =
            Path.of("..", "camera-lab").toAbsolutePath().normalize();

    /** Where the lab keeps its streams. */
    public static final Path CACHE = Path.of(
            System.getenv().getOrDefault("CAMERA_LAB_CACHE", System.getProperty("user.home") + "/.cache/camera-lab"));

    private final List<String> command;
    private Map<String, List<String>> scenes;

    /**
     * Plays nothing yet.
     *
     * @param command plays the scenes in the guest, where {@code $CLASSPATH} is that of the test: a line {@code == NAME}
     *     begins each
     */
    public CameraLab(String... command) {
        this.command = List.of(command);
    }

    /** Skips a test where the lab is not asked for or not set up. */
    public static void assumeIsThere() {
        assumeTrue(Boolean.getBoolean("camera.lab"), "skipped: the camera lab runs with -Dcamera.lab=true only");
        boolean hasQemu = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "qemu-system-x86_64")));
        assumeTrue(
                hasQemu && Files.exists(CACHE.resolve("amd64/made")),
                "skipped: the camera lab's virtual machine is not there; camera-lab/setup makes it");
    }

    /** What was said in a scene. The first call plays them all. */
    public List<String> scene(String name) {
        if (scenes == null) {
            scenes = Map.of(); // played once, even if that fails
            try {
                scenes = play();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("the guest could not be started", e);
            }
        }
        assertThat(scenes).containsKey(name);
        return scenes.get(name);
    }

    private Map<String, List<String>> play() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(FOLDER.resolve("run").toString(), "--timeout", "540");
        builder.command().addAll(List.of("--env", "CLASSPATH=" + System.getProperty("java.class.path"), "--"));
        builder.command().addAll(command);
        Process guest = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(guest.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(guest.waitFor())
                .as("the guest's exit status, having said: " + said)
                .isZero();
        return Arrays.stream(said.split("(?m)^== "))
                .map(scene -> Arrays.asList(scene.split("\n")))
                .collect(Collectors.toMap(lines -> lines.get(0), lines -> lines.subList(1, lines.size())));
    }
}
