package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a camera as a stream does, and prints a line for whatever happens: for the camera lab. Confined to the main thread.
 */
final class ReadCamera {

    private static final int SILENT_MS = 2_000;
    private static final int STALLED_AFTER_SILENCES = 5;
    private static final int RETRY_MS = 200;

    /** Long enough for the driver of a camera that nobody has open to be taken away. */
    private static final int RETRY_OF_A_STALLED_ONE_MS = 3_000;

    private static final int IDR = 5;

    /** How often a loss makes the count begin anew: an emulated machine is held up now and then. */
    private static final int MOST_TRIES = 8;

    /** A loss so soon after settings were applied is their fault, and stays in the count: the driver has 8 buffers. */
    private static final int UNITS_OF_A_CHANGE = 12;

    /** Between two units, apart from what settings take to apply: so the machine stood still for 8 buffers, and the loss is its fault. */
    private static final long STANDSTILL_NS = 250_000_000;

    private final Deque<CameraSettings> live;
    private final int units;
    private final int changes;
    private final int warmUpUnits;
    private CameraSettings settings;
    private int comings;

    private int retryMs = RETRY_MS;
    private int read;
    private int sinceRequest = -1;
    private int tries;
    private int appliedAt = -UNITS_OF_A_CHANGE;
    private int sinceStandstill = UNITS_OF_A_CHANGE;
    private long takenAtNs;
    private int lost;
    private int notRising;
    private int withoutStartCode;
    private long bytes;
    private final List<Long> spacingsUs = new ArrayList<>();
    private long lastUs;
    private long startNs;
    private long cpuNs;

    private ReadCamera(Deque<CameraSettings> settings, int units, int comings, int warmUpUnits) {
        this.settings = settings.remove();
        this.live = settings;
        this.changes = settings.size();
        this.units = units;
        this.comings = comings;
        this.warmUpUnits = warmUpUnits;
        this.read = -warmUpUnits;
    }

    /**
     * Reads until there is enough; with 0 units until the camera is open, or that failed.
     *
     * @param args the device (or {@code auto}), width, height, bit rate, rotation, frames per second; how many access units to
     *     count, and at which coming of the picture to begin with that; then {@code interval=}, {@code profile=}, {@code
     *     rotation=}, {@code rate=} and controls, and after each {@code --} other settings of that kind, to be applied on the
     *     way
     * @param warmUpUnits that are not counted
     * @return whether it read any
     */
    static boolean read(List<String> args, int warmUpUnits) throws InterruptedException {
        Deque<CameraSettings> settings = new ArrayDeque<>();
        Map<String, String> words = new HashMap<>();
        for (String arg : args.subList(8, args.size())) {
            if (arg.equals("--")) {
                settings.add(settings(args, words));
                words.clear();
            } else {
                words.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
            }
        }
        settings.add(settings(args, words));
        ReadCamera camera =
                new ReadCamera(settings, Integer.parseInt(args.get(6)), Integer.parseInt(args.get(7)), warmUpUnits);
        camera.run();
        return camera.lastUs > 0;
    }

    private static CameraSettings settings(List<String> args, Map<String, String> words) {
        String device = args.get(0).equals("auto") ? "" : args.get(0);
        int width = number(words, "width", args.get(1));
        int height = number(words, "height", args.get(2));
        int bitrate = number(words, "bitrate", args.get(3));
        int rotation = number(words, "rotation", args.get(4));
        int rate = number(words, "rate", args.get(5));
        int interval = number(words, "interval", "0");
        String profile = words.remove("profile");
        return new CameraSettings(
                "camera",
                "auto",
                device,
                width,
                height,
                bitrate,
                rotation,
                rate,
                interval,
                profile == null ? "" : profile,
                words,
                "",
                "annexb",
                Map.of());
    }

    private static int number(Map<String, String> words, String name, String otherwise) {
        String word = words.remove(name);
        return Integer.parseInt(word == null ? otherwise : word);
    }

    private void run() throws InterruptedException {
        cpuTimeNs();
        settings.withLiveOf(settings)
                .equals(settings); // links what the first comparison takes 0.2 s for under emulation
        V4l2Source source = new V4l2Source();
        Suitability suitability = source.suits(settings);
        say("suits " + suitability.rank() + ": " + suitability.reason());
        String failure = "";
        while (suitability.isAccepted() && !isDone()) {
            try (Capture capture = source.open(settings)) {
                say("opened " + capture.format());
                failure = "";
                takenAtNs = System.nanoTime();
                read(capture);
            } catch (CaptureException e) {
                if (!failure.equals(e.getMessage())) {
                    failure = e.getMessage();
                    say("failed: " + failure);
                }
                if (units == 0) {
                    return;
                }
            }
            Thread.sleep(retryMs);
            retryMs = RETRY_MS;
        }
        if (isDone()) {
            say("read " + read + " units, lost " + lost + ", not rising " + notRising + ", without start code "
                    + withoutStartCode + ", " + bytes + " bytes");
            Collections.sort(spacingsUs); // in the middle: a machine that stood still for a moment is no slower camera
            say("pace " + Math.round(1e7 / spacingsUs.get(spacingsUs.size() / 2)) / 10.0 + " a second, CPU "
                    + cpuNs / read / 1000 + " us each");
        }
    }

    private boolean isDone() {
        return comings <= 0 && read >= units;
    }

    /** Until enough has been read, or no picture has come for some seconds, or it has to be opened anew. */
    private void read(Capture capture) throws CaptureException {
        boolean isPlaying = false;
        int silences = 0;
        while (!isDone()) {
            if (!live.isEmpty() && read >= units * (changes - live.size() + 1) / (changes + 1) && !isApplied(capture)) {
                return;
            }
            if (capture.read(this::take, SILENT_MS)) {
                if (!isPlaying) {
                    playing(capture);
                }
                isPlaying = true;
                silences = 0;
                continue;
            }
            silences++;
            if (isPlaying) {
                say("silent");
                isPlaying = false;
            } else if (silences >= STALLED_AFTER_SILENCES) {
                say("stalled");
                retryMs = RETRY_OF_A_STALLED_ONE_MS;
                return;
            }
        }
    }

    private boolean isApplied(Capture capture) {
        settings = live.remove();
        appliedAt = read;
        boolean isApplied = capture.apply(settings);
        say("applied " + isApplied + ": " + capture.format());
        takenAtNs = System.nanoTime();
        return isApplied;
    }

    private void playing(Capture capture) {
        boolean isAsked = capture.requestKeyFrame();
        say("playing, key frame on request: " + isAsked);
        sinceRequest = isAsked ? 0 : -1;
        if (live.size() == changes) {
            comings--;
            read = -warmUpUnits;
        }
    }

    private void take(AccessUnit unit) {
        lost += unit.lostBefore();
        long nowNs = System.nanoTime();
        sinceStandstill = nowNs - takenAtNs > STANDSTILL_NS ? 0 : sinceStandstill + 1;
        takenAtNs = nowNs;
        boolean isTheChanges = read <= appliedAt + UNITS_OF_A_CHANGE && sinceStandstill > UNITS_OF_A_CHANGE;
        if (unit.lostBefore() > 0 && read > 0 && !isTheChanges && ++tries < MOST_TRIES) {
            appliedAt = -UNITS_OF_A_CHANGE;
            read = 0;
        }
        if (read == 0) {
            spacingsUs.clear();
            lost = 0;
            bytes = 0;
            notRising = 0;
            withoutStartCode = 0;
            startNs = cpuTimeNs();
        }
        read++;
        notRising += unit.captureTimeUs() > lastUs ? 0 : 1;
        spacingsUs.add(unit.captureTimeUs() - lastUs);
        lastUs = unit.captureTimeUs();
        bytes += unit.data().remaining();
        withoutStartCode += unit.data().getShort(unit.data().position()) == 0 ? 0 : 1;
        lookForKeyFrame(unit.data());
        cpuNs = read == units ? cpuTimeNs() - startNs : 0;
    }

    private void lookForKeyFrame(ByteBuffer data) {
        if (sinceRequest < 0) {
            return;
        }
        sinceRequest++;
        for (int i = data.position(); i + 3 < data.limit(); i++) {
            if (data.get(i) == 0 && data.get(i + 1) == 0 && data.get(i + 2) == 1 && (data.get(i + 3) & 0x1F) == IDR) {
                say("key frame, unit " + sinceRequest + " after the request");
                sinceRequest = -1;
                return;
            }
        }
    }

    private static long cpuTimeNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
