package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a camera as a stream does, and prints a line for whatever happens: for the camera lab. Arguments: the device (or
 * {@code auto}), width, height, bit rate, rotation, frames per second; how many access units to count, and at which coming
 * of the picture to begin with that, once the program is warm; then {@code interval=}, {@code profile=}, {@code rotation=}
 * and controls, and after each {@code --} other settings of that kind, to be applied in the middle. Confined to the main
 * thread.
 */
final class ReadCamera {

    private static final int SILENT_MS = 1_000;
    private static final int STALLED_AFTER_SILENCES = 4;
    private static final int RETRY_MS = 500;

    /** Under emulation the first units take the JVM's class loading with them. */
    private static final int WARM_UP_UNITS = 60;

    /** How often a loss makes the count begin anew: an emulated machine is held up now and then. */
    private static final int MOST_TRIES = 5;

    /** A loss so soon after settings were applied is their fault, and stays in the count. */
    private static final int UNITS_OF_A_CHANGE = 30;

    private final CameraSettings settings;
    private final Deque<CameraSettings> live;
    private final int units;
    private int comings;

    private int read = -WARM_UP_UNITS;
    private int tries;
    private int appliedAt = -UNITS_OF_A_CHANGE;
    private int lost;
    private int notRising;
    private int withoutStartCode;
    private long bytes;
    private long firstUs;
    private long lastUs;
    private long startNs;
    private long cpuNs;

    private ReadCamera(Deque<CameraSettings> settings, int units, int comings) {
        this.settings = settings.remove();
        this.live = settings;
        this.units = units;
        this.comings = comings;
    }

    public static void main(String[] args) throws InterruptedException {
        Deque<CameraSettings> settings = new ArrayDeque<>();
        Map<String, String> words = new HashMap<>();
        for (String arg : List.of(args).subList(8, args.length)) {
            if (arg.equals("--")) {
                settings.add(settings(args, words));
                words.clear();
            } else {
                words.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
            }
        }
        settings.add(settings(args, words));
        new ReadCamera(settings, Integer.parseInt(args[6]), Integer.parseInt(args[7])).run();
    }

    private static CameraSettings settings(String[] args, Map<String, String> words) {
        String width = words.remove("width");
        String bitrate = words.remove("bitrate");
        String rotation = words.remove("rotation");
        String interval = words.remove("interval");
        String profile = words.remove("profile");
        return new CameraSettings(
                "camera",
                "auto",
                args[0].equals("auto") ? "" : args[0],
                Integer.parseInt(width == null ? args[1] : width),
                Integer.parseInt(args[2]),
                Integer.parseInt(bitrate == null ? args[3] : bitrate),
                Integer.parseInt(rotation == null ? args[4] : rotation),
                Double.parseDouble(args[5]),
                interval == null ? 0 : Integer.parseInt(interval),
                profile == null ? "" : profile,
                words,
                "",
                "annexb",
                Map.of());
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
                read(capture);
            } catch (CaptureException e) {
                if (!failure.equals(e.getMessage())) {
                    failure = e.getMessage();
                    say("failed: " + failure);
                }
            }
            Thread.sleep(RETRY_MS);
        }
        if (isDone()) {
            say("read " + read + " units, lost " + lost + ", not rising " + notRising + ", without start code "
                    + withoutStartCode + ", " + bytes + " bytes");
            say("pace " + Math.round(read * 1e7 / (lastUs - firstUs)) / 10.0 + " a second, CPU " + cpuNs / read / 1000
                    + " us each");
        }
    }

    private boolean isDone() {
        return comings <= 0 && read >= units;
    }

    /** Until enough has been read, or no picture has come for some seconds. */
    private void read(Capture capture) throws CaptureException {
        int silences = STALLED_AFTER_SILENCES;
        while (!isDone()) {
            while (read >= units / 2 && !live.isEmpty()) {
                appliedAt = read;
                say("applied " + capture.apply(live.remove()) + ": " + capture.format());
            }
            if (capture.read(this::take, SILENT_MS)) {
                if (silences > 0) {
                    say("playing, key frame on request: " + capture.requestKeyFrame());
                    silences = 0;
                    comings--;
                    read = -WARM_UP_UNITS;
                }
            } else {
                silences++;
                if (silences == 1) {
                    say("silent");
                } else if (silences == 2 * STALLED_AFTER_SILENCES) {
                    say("stalled");
                    return;
                }
            }
        }
    }

    private void take(AccessUnit unit) {
        lost += unit.lostBefore();
        if (unit.lostBefore() > 0 && read > 0 && read > appliedAt + UNITS_OF_A_CHANGE && ++tries < MOST_TRIES) {
            appliedAt = -UNITS_OF_A_CHANGE;
            read = 0;
        }
        if (read == 0) {
            firstUs = lastUs;
            lost = 0;
            bytes = 0;
            notRising = 0;
            withoutStartCode = 0;
            startNs = cpuTimeNs();
        }
        read++;
        notRising += unit.captureTimeUs() > lastUs ? 0 : 1;
        lastUs = unit.captureTimeUs();
        bytes += unit.data().remaining();
        withoutStartCode += unit.data().getShort() == 0 ? 0 : 1;
        cpuNs = read == units ? cpuTimeNs() - startNs : 0;
    }

    private static long cpuTimeNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
