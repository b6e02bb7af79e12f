package io.github.berrymse.source.uvc;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.v4l2.Device;
import io.github.berrymse.v4l2.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Reads the camera lab's webcams as a stream does, one scene after the other, and prints what happens: a line {@code ==
 * NAME} and what follows. Runs in the lab's guest. Confined to the main thread.
 */
final class LabScenes {

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
        LabMachine.camera("start", "uvc");
        Ask start = new Ask("auto", 1_500_000, 30, "main", Map.of("brightness", "20", "h264_minimum_qp_value", "18"));
        CameraSettings asked = start.of(1280, 720, 0);
        say("suits " + source.suits(asked).rank() + ": " + source.suits(asked).reason());
        try (Capture capture = source.open(asked)) {
            opened(capture);
            tellLog();
            read(capture, 45);
            say("key frame " + capture.requestKeyFrame());
            readUntilKeyFrame(capture);
            LabMachine.awaitLog(logLines, "key_frame");
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
            LabMachine.camera("tell", "uvc", "refuse 14 9");
            say("applied " + capture.apply(live.of(1280, 720, 90)) + ", "
                    + capture.format().remark());
            say("key frame " + capture.requestKeyFrame());
            LabMachine.camera("tell", "uvc", "accept");
            say("applied " + capture.apply(new Ask("auto", 500_000, 60, "main", Map.of()).of(1280, 720, 90)));
            say("applied " + capture.apply(tooMuch.of(640, 480, 90)));
        }
    }

    private void refused() throws Exception {
        LabMachine.camera("tell", "uvc", "refuse");
        try (Capture capture = source.open(new Ask(LabMachine.node(1), 1_500_000, 30, "", Map.of()).of(700, 500, 0))) {
            opened(capture);
            read(capture, 15);
        }
        LabMachine.camera("tell", "uvc", "accept");
        tellLog();
    }

    private void replugged() throws Exception {
        Ask ask = new Ask(LabMachine.node(0), 800_000, 0, "", Map.of());
        CameraSettings asked = ask.of(640, 480, 0);
        try (Capture capture = source.open(asked)) {
            opened(capture);
            read(capture, 15);
            LabMachine.camera("unplug", "uvc", "--hold");
            readUntilItFails(capture);
        }
        fails(asked);
        say("suits " + source.suits(asked).rank());
        changes.drainPermits();
        LabMachine.camera("plug", "uvc", "--port", "3");
        say("told of it " + changes.tryAcquire(PATIENCE_S, TimeUnit.SECONDS));
        logLines = LabMachine.log().size();
        try (Capture capture = source.open(asked)) {
            say("opened elsewhere " + !capture.format().device().equals(asked.device()));
            read(capture, 15);
            tellLog();
        }
        String link = LabMachine.link();
        try (Capture capture = source.open(new Ask(link, -1, 0, "", Map.of()).of(640, 480, 0))) {
            say("opened by a link in by-id");
            read(capture, 5);
        }
    }

    private void pulledOut() throws Exception {
        CameraSettings asked = new Ask("auto", 800_000, 0, "", Map.of()).of(640, 480, 0);
        int files = LabMachine.openFiles();
        for (String moment : MOMENTS) {
            LabMachine.camera("tell", "uvc", "unplug-at " + moment);
            try (Capture capture = source.open(asked)) {
                readUntilItFails(capture);
            } catch (CaptureException e) {
                say("failed: " + e.getMessage());
            }
            leftAt(moment, files);
        }
        try (Capture capture = source.open(asked)) {
            read(capture, 5);
            LabMachine.camera("tell", "uvc", "unplug-at xu");
            say("key frame " + capture.requestKeyFrame());
            say("applied " + capture.apply(new Ask("auto", 900_000, 0, "", Map.of()).of(640, 480, 0)));
            readUntilItFails(capture);
        }
        leftAt("a live request", files);
        try (Capture capture = source.open(asked)) {
            read(capture, 5);
        }
        listAfterItHasGone();
    }

    private void listAfterItHasGone() throws Exception {
        try (Device device = Device.open(LabMachine.node(0))) {
            LabMachine.camera("unplug", "uvc");
            say("formats " + device.pixelFormats());
        } catch (LinuxException e) {
            say("formats: " + e.errno());
        }
        LabMachine.camera("plug", "uvc");
    }

    private void leftAt(String moment, int filesBefore) throws IOException, InterruptedException {
        say("at " + moment + " left open " + (LabMachine.openFiles() - filesBefore) + ", left mapped "
                + LabMachine.mappings());
        LabMachine.camera("unplug", "uvc");
        LabMachine.camera("plug", "uvc");
    }

    private void otherKind(String kind) throws Exception {
        LabMachine.camera("stop", "uvc");
        LabMachine.camera("start", "uvc", kind);
        CameraSettings asked = new Ask(LabMachine.node(0), 800_000, 0, "", Map.of()).of(640, 480, 0);
        say("suits " + source.suits(asked).rank());
        try (Capture capture = source.open(asked)) {
            opened(capture);
            read(capture, 15);
            say("key frame " + capture.requestKeyFrame());
            say("applied " + capture.apply(new Ask(LabMachine.node(0), 900_000, 9, "main", Map.of()).of(640, 480, 0)));
        } catch (CaptureException e) {
            say("failed: " + e.getMessage());
        }
    }

    private void muxed() throws Exception {
        LabMachine.camera("stop", "uvc");
        Files.deleteIfExists(LabMachine.LOG);
        LabMachine.camera("start", "uvc", "--muxed", "--garble-first");
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
        readWhile(capture, () -> units < count);
        say("read " + units + " units, without start code " + withoutStartCode);
        System.err.println("lost " + lost + ", " + bytes + " bytes");
    }

    private void readUntilKeyFrame(Capture capture) throws CaptureException {
        int before = keyFrames;
        readWhile(capture, () -> keyFrames == before);
        say("key frame came " + (keyFrames != before));
    }

    private void readWhile(Capture capture, BooleanSupplier isTooFew) throws CaptureException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (isTooFew.getAsBoolean() && System.nanoTime() < deadlineNs) {
            capture.read(this::take, 500);
        }
    }

    private void readUntilItFails(Capture capture) {
        try {
            readWhile(capture, () -> true);
            say("never failed");
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
        List<String> lines = LabMachine.log();
        for (String line : lines.subList(logLines, lines.size())) {
            if (line.contains("UVCX") || line.contains("stream_on") || line.contains("key_frame")) {
                say("log " + line.replaceFirst("^\\{\"t\": [0-9.]+, ", "{"));
            }
        }
        logLines = lines.size();
    }

    private void say(String line) {
        System.out.println(line);
    }
}
