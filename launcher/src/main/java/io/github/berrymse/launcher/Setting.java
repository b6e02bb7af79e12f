package io.github.berrymse.launcher;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every key of {@code config.yml}, its flag, and the configuration that it goes to: the one table, from which the help
 * and {@code docs/configuration.md} are made, and by which the metatype of the bundles is checked. Immutable.
 *
 * <p>A default here is what the help says; it is not written, the component has it. One of several words is no value but
 * says what happens without one. A sentence names the unit.
 */
enum Setting {
    SOURCE_FD(
            "camera.sourceFD",
            "-d",
            TextType.ANY,
            "the first camera, else the demo",
            Change.REOPENED,
            Pids.CAMERA,
            "device",
            "device file such as /dev/video0, auto for the first camera, H.264 file, named pipe, or - for standard input"),
    WIDTH(
            "camera.width",
            "-w",
            NumberType.even("pixels", 16, 8192),
            "1280",
            Change.REOPENED,
            Pids.CAMERA,
            "width",
            "width of the picture in pixels"),
    HEIGHT(
            "camera.height",
            "-h",
            NumberType.even("pixels", 16, 8192),
            "720",
            Change.REOPENED,
            Pids.CAMERA,
            "height",
            "height of the picture in pixels"),
    BITRATE(
            "camera.bitrate",
            "-b",
            NumberType.whole("bits per second", 1, 1_000_000_000).or(-1),
            "1500000",
            Change.LIVE,
            Pids.CAMERA,
            "bitrate",
            "bits per second; -1 leaves the camera's own"),
    ROTATION(
            "camera.rotation",
            "-r",
            new TurnType(),
            "0",
            Change.LIVE,
            Pids.CAMERA,
            "rotation",
            "degrees clockwise; -1 leaves the camera's own"),
    NAME(
            "camera.name",
            "",
            TextType.CAMERA_NAME,
            "camera",
            Change.NEW_STREAM,
            Pids.CAMERA,
            "",
            "name of the stream, the last part of its address"),
    SOURCE(
            "camera.source",
            "",
            TextType.ANY,
            "auto",
            Change.REOPENED,
            Pids.CAMERA,
            "source",
            "a source's name, or auto for the best that accepts the device"),
    FRAMERATE(
            "camera.framerate",
            "",
            NumberType.any("frames per second", 0, 1000),
            "0",
            Change.LIVE,
            Pids.CAMERA,
            "framerate",
            "frames per second; 0 leaves the camera's own"),
    KEYFRAME_INTERVAL(
            "camera.keyframeInterval",
            "",
            NumberType.whole("pictures", 0, 100_000),
            "0",
            Change.LIVE,
            Pids.CAMERA,
            "keyframe.interval",
            "pictures from one key frame to the next; 0 leaves the camera's own"),
    PROFILE(
            "camera.profile",
            "",
            ChoiceType.of("", "baseline", "constrained-baseline", "main", "high"),
            "",
            Change.LIVE,
            Pids.CAMERA,
            "profile",
            "H.264 profile; empty leaves the camera's own"),
    CONTROLS(
            "camera.controls",
            "",
            MapType.NAMES_IN_LOWER_CASE,
            "",
            Change.LIVE,
            Pids.CAMERA,
            "control.",
            "V4L2 controls by the names that v4l2-ctl -L prints, such as brightness: 60"),
    FILE("camera.file", "", TextType.ANY, "", Change.REOPENED, Pids.CAMERA, "file", "H.264 file to play in a loop"),
    FRAMING(
            "camera.framing",
            "",
            ChoiceType.of("annexb", "len32"),
            "annexb",
            Change.REOPENED,
            Pids.CAMERA,
            "framing",
            "how a pipe is divided: annexb, or len32 for a 32-bit length before each access unit"),
    MORE(
            "camera.more",
            "",
            MapType.NAMES_AS_WRITTEN,
            "",
            Change.REOPENED,
            Pids.CAMERA,
            "more.",
            "for sources of other makers"),
    URL(
            "server.url",
            "-l",
            TextType.ADDRESS,
            ListenAddress.DEFAULT,
            Change.REBOUND,
            Pids.HTTP,
            "",
            "where to listen, such as 0.0.0.0:2020, [::]:2020 or :2020"),
    WEB_SOCKET(
            "server.webSocket",
            "-s",
            WebSocketName.TYPE,
            "video_websocket",
            Change.NEW_PATH,
            Pids.WEB_SOCKET,
            "path",
            "name of the WebSocket: the first camera is at /NAME, each at /NAME/CAMERA"),
    BUNDLES_DIR(
            "bundles.dir",
            "",
            TextType.ANY,
            "bundles, beside config.yml",
            Change.OTHER_FOLDER,
            Pids.LAUNCHER,
            "",
            "folder whose jars replace or add bundles, from config.yml's folder on; empty: none");

    /** The configurations that the settings go to. */
    static final class Pids {
        static final String CAMERA = "io.github.berrymse.hub";
        static final String WEB_SOCKET = "io.github.berrymse.transport.websocket";
        static final String HTTP = "org.apache.felix.http";

        /** None: the launcher itself. */
        static final String LAUNCHER = "";

        static boolean isOfASetting(String pid) {
            return List.of(CAMERA, WEB_SOCKET, HTTP).contains(pid.replaceFirst("~.*", ""));
        }

        static boolean isOfACamera(String pid) {
            return pid.startsWith(CAMERA + "~");
        }

        private Pids() {}
    }

    final String key;
    final String flag;
    final ValueType type;
    final String defaultText;
    final Change change;
    final String pid;
    final String property;
    final String description;

    Setting(
            String key,
            String flag,
            ValueType type,
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

    boolean isMap() {
        return type instanceof MapType;
    }

    /** Whether the default is a value, and not words about what happens without one. */
    boolean hasDefaultValue() {
        return !defaultText.contains(" ");
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
        if (!isMap()) {
            return property.isEmpty() ? Map.of() : Map.of(property, value);
        }
        Map<String, Object> properties = new TreeMap<>();
        ((Map<?, ?>) value).forEach((name, entry) -> properties.put(property + name, entry));
        return properties;
    }
}
