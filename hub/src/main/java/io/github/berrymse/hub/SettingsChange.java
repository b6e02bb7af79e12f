package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two settings of a camera, in words: {@code bit rate 800000 bit/s, control brightness 70}. Immutable. */
final class SettingsChange {
    private final List<String> words = new ArrayList<>();

    private SettingsChange(CameraSettings was, CameraSettings now) {
        text("source", was.source(), now.source());
        text("device", was.device(), now.device());
        text("file", was.file(), now.file());
        number("width", was.width(), now.width(), " pixels");
        number("height", was.height(), now.height(), " pixels");
        number("bit rate", was.bitrateBps(), now.bitrateBps(), " bit/s");
        number("rotation", was.rotationDegrees(), now.rotationDegrees(), " degrees");
        number("frame rate", was.framesPerSecond(), now.framesPerSecond(), " per second");
        number("key frame interval", was.keyFrameIntervalFrames(), now.keyFrameIntervalFrames(), " frames");
        text("profile", was.profile(), now.profile());
        controls(was.controls(), now.controls());
    }

    /** One line; empty words stand for what only the camera's source knows. */
    static String words(CameraSettings was, CameraSettings now) {
        List<String> words = new SettingsChange(was, now).words;
        return words.isEmpty() ? "other settings" : String.join(", ", words);
    }

    private void text(String name, String was, String now) {
        if (!now.equals(was)) {
            words.add(name + " " + (now.isEmpty() ? "the camera's own" : now));
        }
    }

    private void number(String name, double was, double now, String unit) {
        boolean isOwn = now < 0 || now == 0 && !unit.equals(" degrees");
        String number = now == Math.rint(now) ? Long.toString((long) now) : Double.toString(now);
        if (was != now) {
            words.add(name + " " + (isOwn ? "the camera's own" : number + unit));
        }
    }

    private void controls(Map<String, String> was, Map<String, String> now) {
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String value = now.get(name);
            if (value == null) {
                words.add("control " + name + " back to what it was");
            } else if (!value.equals(was.get(name))) {
                words.add("control " + name + " " + value);
            }
        }
    }
}
