package io.github.berrymse.launcher;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every key of {@code config.yml}, its flag, and the configuration that it goes to: the one table, from which the help
 * and {@code docs/configuration.md} are made. Immutable.
 *
 * <p>A default here is what the help says; it is not written, the component has it.
 */
enum Setting {
    SOURCE_FD(
            "camera.sourceFD",
            "-d",
            Type.STRING,
            "the first camera, else the demo",
            Change.REOPENED,
            Pids.CAMERA,
            "device",
            "camera: /dev/videoX or a link to it, auto for the first that is there, an H.264 file or named pipe, or - for standard input"),
    WIDTH(
            "camera.width",
            "-w",
            Type.integer(16, 8192, 2),
            "1280",
            Change.REOPENED,
            Pids.CAMERA,
            "width",
            "width in pixels, even"),
    HEIGHT(
            "camera.height",
            "-h",
            Type.integer(16, 8192, 2),
            "720",
            Change.REOPENED,
            Pids.CAMERA,
            "height",
            "height in pixels, even"),
    BITRATE(
            "camera.bitrate",
            "-b",
            Type.integer(-1, 1_000_000_000, 1),
            "1500000",
            Change.LIVE,
            Pids.CAMERA,
            "bitrate",
            "bits per second; -1 leaves the camera's own"),
    ROTATION(
            "camera.rotation",
            "-r",
            Type.oneOf(0, 90, 180, 270, -1),
            "0",
            Change.LIVE,
            Pids.CAMERA,
            "rotation",
            "degrees clockwise: 0, 90, 180, 270; -1 leaves the camera's own"),
    NAME(
            "camera.name",
            "",
            Type.STRING,
            "camera",
            Change.NEW_STREAM,
            Pids.CAMERA,
            "",
            "name of the stream, the last part of its address"),
    SOURCE(
            "camera.source",
            "",
            Type.STRING,
            "auto",
            Change.REOPENED,
            Pids.CAMERA,
            "source",
            "a source's name, or auto for the best that accepts the device"),
    FRAMERATE(
            "camera.framerate",
            "",
            Type.number(0, 1000),
            "0",
            Change.REOPENED,
            Pids.CAMERA,
            "framerate",
            "frames per second; 0 leaves the camera's own"),
    KEYFRAME_INTERVAL(
            "camera.keyframeInterval",
            "",
            Type.integer(0, 100_000, 1),
            "0",
            Change.LIVE,
            Pids.CAMERA,
            "keyframe.interval",
            "pictures from one key frame to the next; 0 leaves the camera's own"),
    PROFILE(
            "camera.profile",
            "",
            Type.oneOf("", "baseline", "constrained-baseline", "main", "high"),
            "",
            Change.LIVE,
            Pids.CAMERA,
            "profile",
            "H.264 profile: baseline, constrained-baseline, main or high; empty leaves the camera's own"),
    CONTROLS(
            "camera.controls",
            "",
            Type.MAP,
            "",
            Change.LIVE,
            Pids.CAMERA,
            "control.",
            "V4L2 controls by the names that v4l2-ctl -L prints, such as brightness: 60"),
    FILE("camera.file", "", Type.STRING, "", Change.REOPENED, Pids.CAMERA, "file", "H.264 file to play in a loop"),
    FRAMING(
            "camera.framing",
            "",
            Type.oneOf("annexb", "len32"),
            "annexb",
            Change.REOPENED,
            Pids.CAMERA,
            "framing",
            "how a pipe is divided: annexb, or len32 for a 32-bit length before each access unit"),
    MORE("camera.more", "", Type.MAP, "", Change.REOPENED, Pids.CAMERA, "more.", "for sources of other makers"),
    URL("server.url", "-l", Type.STRING, ListenAddress.DEFAULT, Change.REBOUND, Pids.HTTP, "", "listen on host:port"),
    WEB_SOCKET(
            "server.webSocket",
            "-s",
            Type.PATH,
            "video_websocket",
            Change.NEW_PATH,
            Pids.WEB_SOCKET,
            "path",
            "name of the WebSocket for the video stream"),
    BUNDLES_DIR(
            "bundles.dir",
            "",
            Type.STRING,
            "bundles, beside config.yml",
            Change.OTHER_FOLDER,
            Pids.LAUNCHER,
            "",
            "folder whose jars replace or add bundles, from config.yml's folder on; empty: none");

    /** What a value does that is saved while the program runs. */
    enum Change {
        LIVE(
                "live",
                "applied to the running camera, without a gap; reopened where its driver does not take it while it streams"),
        REOPENED(
                "reopened",
                "the camera is opened anew; viewers stay, and get a new initialization segment where the stream is another"),
        NEW_STREAM(
                "new stream",
                "the stream of the old name ends, its viewers get close code 1001; one of the new name begins"),
        REBOUND("rebound", "the server moves; viewers get close code 1001, and the page comes back if it can"),
        NEW_PATH("new path", "the new path is served at once; who watches already stays connected"),
        OTHER_FOLDER("other folder", "the jars of the new folder take the place of those of the old one");

        final String label;
        final String words;

        Change(String label, String words) {
            this.label = label;
            this.words = words;
        }
    }

    /** The configurations that the settings go to. */
    static final class Pids {
        static final String CAMERA = "io.github.berrymse.hub";
        static final String WEB_SOCKET = "io.github.berrymse.transport.websocket";
        static final String HTTP = "org.apache.felix.http";

        /** None: the launcher itself. */
        static final String LAUNCHER = "";

        private Pids() {}
    }

    final String key;
    final String flag;
    final Type type;
    final String defaultText;
    final Change change;
    final String pid;
    final String property;
    final String description;

    Setting(
            String key,
            String flag,
            Type type,
            String defaultText,
            Change change,
            String pid,
            String property,
            String description) {
        this.key = key;
        this.flag = flag;
        this.type = type;
        this.defaultText = defaultText;
        this.change = change;
        this.pid = pid;
        this.property = property;
        this.description = description;
    }

    boolean isOfCamera() {
        return pid.equals(Pids.CAMERA);
    }

    /** The key without its section: {@code width}. */
    String shortKey() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** The long flag: {@code --Camera.Width}. */
    String longFlag() {
        String name = this == URL ? "server.URL" : key;
        int dot = name.indexOf('.') + 1;
        return "--" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1, dot)
                + name.substring(dot, dot + 1).toUpperCase(Locale.ROOT) + name.substring(dot + 1);
    }

    /** The properties of its configuration that a value makes. */
    Map<String, Object> properties(Object value) {
        if (type != Type.MAP) {
            return property.isEmpty() ? Map.of() : Map.of(property, value);
        }
        Map<String, Object> properties = new TreeMap<>();
        ((Map<?, ?>) value).forEach((name, entry) -> properties.put(property + name, String.valueOf(entry)));
        return properties;
    }

    /**
     * What a value must be. Immutable.
     *
     * @param label for the help
     * @param words for a sentence
     * @param allowed the values that are allowed, or none when the range tells
     */
    record Type(String label, String words, List<String> allowed, double minimum, double maximum, int step) {
        static final Type STRING = new Type("string", "a word", List.of(), 0, 0, 0);
        static final Type PATH =
                new Type("string", "a name of letters, digits, dot, dash and underscore", List.of(), 0, 0, 0);
        static final Type MAP = new Type("map", "a map of names to values", List.of(), 0, 0, 0);

        static Type integer(int minimum, int maximum, int step) {
            return new Type("int", "a whole number", List.of(), minimum, maximum, step);
        }

        static Type number(double minimum, double maximum) {
            return new Type("number", "a number", List.of(), minimum, maximum, 0);
        }

        static Type oneOf(Object... values) {
            boolean isInt = values[0] instanceof Integer;
            return new Type(
                    isInt ? "int" : "string",
                    isInt ? "a whole number" : "a word",
                    List.of(values).stream().map(String::valueOf).toList(),
                    0,
                    0,
                    0);
        }

        /**
         * Reads a value of a flag or of the file.
         *
         * @throws IllegalArgumentException one sentence without the key, when it is not of the type
         */
        Object parse(Object value) {
            if (this == MAP) {
                if (value instanceof Map<?, ?>) {
                    return value;
                }
                throw new IllegalArgumentException("'" + value + "' is not " + words);
            }
            String text = String.valueOf(value).trim();
            try {
                return switch (label) {
                    case "int" -> checked(text, Integer.parseInt(text));
                    case "number" -> checked(text, Double.parseDouble(text));
                    default -> this == PATH ? path(text) : checked(text);
                };
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is not " + words, e);
            }
        }

        private Object path(String text) {
            String name = text.replaceFirst("^/+", "");
            if (name.matches("[A-Za-z0-9_.-]+")) {
                return name;
            }
            throw new IllegalArgumentException("'" + text + "' is not " + words);
        }

        private Object checked(String text) {
            if (allowed.isEmpty() || allowed.contains(text)) {
                return text;
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is not one of " + String.join(", ", allowed).trim());
        }

        private Object checked(String text, Number number) {
            if (!allowed.isEmpty()) {
                if (allowed.contains(text)) {
                    return number;
                }
                String nearest = allowed.stream()
                        .min((a, b) -> Double.compare(distance(a, number), distance(b, number)))
                        .orElseThrow();
                throw new IllegalArgumentException(
                        "'" + text + "' is not one of " + String.join(", ", allowed) + "; the nearest is " + nearest);
            }
            double inRange = Math.min(maximum, Math.max(minimum, number.doubleValue()));
            double nearest = step > 1 ? inRange - (inRange - minimum) % step : inRange;
            if (nearest == number.doubleValue()) {
                return number;
            }
            throw new IllegalArgumentException("'" + text + "' is not " + range() + "; the nearest is "
                    + (number instanceof Integer ? String.valueOf((long) nearest) : String.valueOf(nearest)));
        }

        private static double distance(String allowed, Number number) {
            return Math.abs(Double.parseDouble(allowed) - number.doubleValue());
        }

        /** The range in words; empty when there is none. */
        String range() {
            if (!allowed.isEmpty()) {
                return String.join(
                        ", ", allowed.stream().filter(value -> !value.isEmpty()).toList());
            }
            if (minimum == maximum) {
                return "";
            }
            return (step == 2 ? "even, " : "") + (long) minimum + " to " + (long) maximum;
        }
    }
}
