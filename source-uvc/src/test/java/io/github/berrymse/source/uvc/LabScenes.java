package io.github.berrymse.source.uvc;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads the camera lab's webcams as a stream does, one scene after the other, and prints what happens: a line {@code ==
 * NAME} and what follows. Runs in the lab's guest. Confined to the main thread.
 */
final class LabScenes {

    private static final Path LOG = Path.of("/run/camera-lab/uvc.log");
    private static final long PATIENCE_S = 60;

    /** When the cable is pulled out, as the camera lab names it. */
    static final List<String> MOMENTS = List.of("open", "probe", "commit", "streamon", "dqbuf");

    private final UvcSource source = new UvcSource(Path.of("/sys"), Path.of("/dev"), new KnownWebcams());
    private final Semaphore changes = new Semaphore(0);
    private int units;
    private int lost;
    private int withoutStartCode;
    private int keyFrames;
    private long bytes;
    private int logLines;
    private final long startNs = System.nanoTime();

    /** What is asked, apart from the size: changed from scene to scene. */
    private record Ask(String device, int bitrateBps, int interval, String profile, Map<String, String> controls) {

        CameraSettings of(int width, int height, int rotationDegrees) {
            return new CameraSettings(
                    "camera",
                    "auto",
                    device,
                    width,
                    height,
                    bitrateBps,
                    rotationDegrees,
                    15,
                    interval,
                    profile,
                    controls,
                    "",
                    "annexb",
                    Map.of());
        }
    }

    /** What may fail. */
    @FunctionalInterface
    private interface Scene {
        void play() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        LabScenes scenes = new LabScenes();
        try (AutoCloseable watch = scenes.source.watch(scenes.changes::release)) {
            scenes.say("watching " + (watch != null));
            scenes.play();
        }
    }

    private void play() throws Exception {
        scene("native", this::nativeH264);
        scene("refused", this::refused);
        scene("replugged", this::replugged);
        scene("pulled out", this::pulledOut);
        for (String kind : List.of("--no-xu", "--mjpeg-only")) {
            scene(kind, () -> otherKind(kind));
        }
        scene("muxed", this::muxed);
    }

    private void nativeH264() throws Exception {
        camera("start", "uvc");
        Ask start = new Ask("auto", 1_500_000, 30, "main", Map.of("brightness", "20", "h264_minimum_qp_value", "18"));
        CameraSettings asked = start.of(1280, 720, 0);
        say("suits " + source.suits(asked).rank() + ": " + source.suits(asked).reason());
        try (Capture capture = source.open(asked)) {
            opened(capture);
            tellLog();
            read(capture, 45);
            say("key frame " + capture.requestKeyFrame());
            readUntilKeyFrame(capture);
            tellLog();
            Ask live = new Ask("auto", 500_000, 30, "main", Map.of("brightness", "30"));
            say("applied " + capture.apply(live.of(1280, 720, 90)) + ", "
                    + capture.format().remark());
            read(capture, 45);
            tellLog();
            Ask tooMuch = new Ask("auto", 50_000_000, 30, "main", Map.of());
            say("applied " + capture.apply(tooMuch.of(1280, 720, 90)) + ", "
                    + capture.format().remark());
            tellLog();
            camera("tell", "uvc", "refuse 14 9");
            say("applied " + capture.apply(live.of(1280, 720, 90)) + ", "
                    + capture.format().remark());
            say("key frame " + capture.requestKeyFrame());
            camera("tell", "uvc", "accept");
            say("applied " + capture.apply(new Ask("auto", 500_000, 60, "main", Map.of()).of(1280, 720, 90)));
            say("applied " + capture.apply(tooMuch.of(640, 480, 90)));
        }
    }

    private void refused() throws Exception {
        camera("tell", "uvc", "refuse");
        try (Capture capture = source.open(new Ask(node(1), 1_500_000, 30, "", Map.of()).of(700, 500, 0))) {
            opened(capture);
            read(capture, 15);
        }
        camera("tell", "uvc", "accept");
        tellLog();
    }

    private void replugged() throws Exception {
        Ask ask = new Ask(node(0), 800_000, 0, "", Map.of());
        CameraSettings asked = ask.of(640, 480, 0);
        try (Capture capture = source.open(asked)) {
            opened(capture);
            read(capture, 15);
            camera("unplug", "uvc", "--hold");
            readUntilItFails(capture);
        }
        fails(asked);
        say("suits " + source.suits(asked).rank());
        changes.drainPermits();
        camera("plug", "uvc", "--port", "3");
        say("told of it " + changes.tryAcquire(PATIENCE_S, TimeUnit.SECONDS));
        logLines = log().size();
        try (Capture capture = source.open(asked)) {
            say("opened elsewhere " + !capture.format().device().equals(asked.device()));
            read(capture, 15);
            tellLog();
        }
        String link = links();
        try (Capture capture = source.open(new Ask(link, -1, 0, "", Map.of()).of(640, 480, 0))) {
            say("opened by a link in by-id");
            read(capture, 5);
        }
    }

    private void pulledOut() throws Exception {
        CameraSettings asked = new Ask("auto", 800_000, 0, "", Map.of()).of(640, 480, 0);
        int files = openFiles();
        for (String moment : MOMENTS) {
            camera("tell", "uvc", "unplug-at " + moment);
            try (Capture capture = source.open(asked)) {
                readUntilItFails(capture);
            } catch (CaptureException e) {
                say("failed: " + e.getMessage());
            }
            leftAt(moment, files);
        }
        try (Capture capture = source.open(asked)) {
            read(capture, 5);
            camera("tell", "uvc", "unplug-at xu");
            say("key frame " + capture.requestKeyFrame());
            say("applied " + capture.apply(new Ask("auto", 900_000, 0, "", Map.of()).of(640, 480, 0)));
            readUntilItFails(capture);
        }
        leftAt("a live request", files);
        try (Capture capture = source.open(asked)) {
            read(capture, 5);
        }
    }

    private void leftAt(String moment, int filesBefore) throws IOException, InterruptedException {
        say("at " + moment + " left open " + (openFiles() - filesBefore) + ", left mapped " + mappings());
        camera("unplug", "uvc");
        camera("plug", "uvc");
    }

    private void otherKind(String kind) throws Exception {
        camera("stop", "uvc");
        camera("start", "uvc", kind);
        CameraSettings asked = new Ask(node(0), 800_000, 0, "", Map.of()).of(640, 480, 0);
        say("suits " + source.suits(asked).rank());
        try (Capture capture = source.open(asked)) {
            opened(capture);
            read(capture, 15);
            say("key frame " + capture.requestKeyFrame());
            say("applied " + capture.apply(new Ask(node(0), 900_000, 9, "main", Map.of()).of(640, 480, 0)));
        } catch (CaptureException e) {
            say("failed: " + e.getMessage());
        }
    }

    private void muxed() throws Exception {
        camera("stop", "uvc");
        Files.deleteIfExists(LOG);
        camera("start", "uvc", "--muxed", "--garble-first");
        logLines = 0;
        Ask ask = new Ask("auto", 1_500_000, 10, "", Map.of());
        try (Capture capture = source.open(ask.of(1280, 720, 0))) {
            opened(capture);
            tellLog();
            read(capture, 45);
            say("key frame " + capture.requestKeyFrame());
            readUntilKeyFrame(capture);
            say("applied " + capture.apply(new Ask("auto", 500_000, 10, "", Map.of()).of(1280, 720, 0)) + ", "
                    + capture.format().bitrateBps() + " bit/s");
            tellLog();
        }
    }

    private void scene(String name, Scene scene) throws Exception {
        System.err.println("scene " + name + " begins after "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) + " s");
        say("== " + name);
        scene.play();
    }

    private void opened(Capture capture) {
        say("opened " + capture.format());
    }

    private void fails(CameraSettings asked) {
        try (Capture capture = source.open(asked)) {
            opened(capture);
        } catch (CaptureException e) {
            say("failed: " + e.getMessage());
        }
    }

    private void read(Capture capture, int count) throws CaptureException {
        units = 0;
        lost = 0;
        withoutStartCode = 0;
        bytes = 0;
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (units < count && System.nanoTime() < deadlineNs) {
            capture.read(this::take, 500);
        }
        say("read " + units + " units, without start code " + withoutStartCode);
        System.err.println("lost " + lost + ", " + bytes + " bytes");
    }

    private void readUntilKeyFrame(Capture capture) throws CaptureException {
        int before = keyFrames;
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (keyFrames == before && System.nanoTime() < deadlineNs) {
            capture.read(this::take, 500);
        }
        say("key frame came " + (keyFrames != before));
    }

    private void readUntilItFails(Capture capture) {
        try {
            while (true) {
                capture.read(this::take, 500);
            }
        } catch (CaptureException e) {
            say("failed: " + e.getMessage());
        }
    }

    private void take(AccessUnit unit) {
        ByteBuffer data = unit.data();
        units++;
        lost += unit.lostBefore();
        bytes += data.remaining();
        withoutStartCode += data.getShort(data.position()) == 0 ? 0 : 1;
        for (int i = data.position(); i + 3 < data.limit(); i++) {
            if (data.get(i) == 0 && data.get(i + 1) == 0 && data.get(i + 2) == 1 && (data.get(i + 3) & 0x1F) == 5) {
                keyFrames++;
                return;
            }
        }
    }

    /** What is new in the camera's log, of the extension unit and the stream. */
    private void tellLog() throws IOException {
        List<String> lines = log();
        for (String line : lines.subList(logLines, lines.size())) {
            if (line.contains("UVCX") || line.contains("stream_on") || line.contains("key_frame")) {
                say("log " + line.replaceFirst("^\\{\"t\": [0-9.]+, ", "{"));
            }
        }
        logLines = lines.size();
    }

    private static List<String> log() throws IOException {
        return Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
    }

    private static String node(int index) throws IOException {
        return new Webcams(Path.of("/sys"), Path.of("/dev"))
                .all()
                .get(0)
                .nodes()
                .get(index)
                .toString();
    }

    private static String links() throws IOException, InterruptedException {
        Path folder = Path.of("/dev/v4l/by-id");
        while (!Files.exists(folder)) {
            Thread.sleep(100);
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder, "*index0")) {
            return links.iterator().next().toString();
        }
    }

    private static int openFiles() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                count += Files.isSymbolicLink(file)
                                && Files.readSymbolicLink(file).startsWith("/dev")
                        ? 1
                        : 0;
            }
        }
        return count;
    }

    private static long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("/dev/video"))
                .count();
    }

    private void camera(String... words) throws IOException, InterruptedException {
        ProcessBuilder order = new ProcessBuilder("camera");
        order.command().addAll(List.of(words));
        Process process = order.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            say("camera " + String.join(" ", words) + " failed: " + said);
        }
    }

    private void say(String line) {
        System.out.println(line);
    }
}
