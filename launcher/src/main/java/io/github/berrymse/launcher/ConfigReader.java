package io.github.berrymse.launcher;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes settings of the content of {@code config.yml}, its keys in any case. Confined to one thread at a time. */
final class ConfigReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReader.class);

    private final Map<Setting, Object> server = new EnumMap<>(Setting.class);
    private final Map<String, Map<Setting, Object>> cameras = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> bundles = new HashMap<>();

    private ConfigReader() {}

    /** @throws UsageException one sentence with file, line, column, key and, where there is one, the nearest value */
    static Settings read(ConfigNode file) throws UsageException {
        ConfigReader reader = new ConfigReader();
        reader.sections(file);
        return new Settings(reader.server, reader.cameras, reader.bundles);
    }

    private void sections(ConfigNode file) throws UsageException {
        Map<String, ConfigNode> sections = file.entriesInAnyCase();
        ConfigNode camera = sections.remove("camera");
        if (camera != null) { // the first, wherever it stands
            camera(camera, false);
        }
        for (Map.Entry<String, ConfigNode> section : sections.entrySet()) {
            ConfigNode node = section.getValue();
            switch (section.getKey()) {
                case "cameras" -> {
                    for (ConfigNode each : node.entries().values()) {
                        camera(each, true);
                    }
                }
                case "server" -> settings(node, section.getKey(), server);
                case "bundles" -> bundles(node);
                default -> unknown(node, Stream.of("camera", "cameras", "server", "bundles"));
            }
        }
    }

    private void camera(ConfigNode node, boolean isNamedByItsKey) throws UsageException {
        Map<Setting, Object> camera = new EnumMap<>(Setting.class);
        settings(node, "camera", camera);
        Object ownName = camera.remove(Setting.NAME);
        Object name = isNamedByItsKey ? name(node) : ownName == null ? Setting.NAME.defaultText : ownName;
        if (cameras.put((String) name, camera) != null) {
            throw node.wrongKey("two cameras have the name " + name);
        }
    }

    private static Object name(ConfigNode camera) throws UsageException {
        try {
            return Setting.NAME.type.parse(camera.name());
        } catch (IllegalArgumentException e) {
            throw camera.wrongKey("cameras: " + e.getMessage());
        }
    }

    /** @param section of the settings' keys, in lower case */
    private static void settings(ConfigNode node, String section, Map<Setting, Object> into) throws UsageException {
        for (ConfigNode entry : node.entriesInAnyCase().values()) {
            Setting setting = known(section, entry.name());
            if (setting == null) {
                unknown(entry, settings(section).map(known -> node.key() + "." + known.shortKey()));
            } else if (!entry.isEmpty()) {
                into.put(setting, value(setting, entry));
            }
        }
    }

    private static Object value(Setting setting, ConfigNode node) throws UsageException {
        if (setting.type instanceof MapType map && node.isMap()) {
            return map.of(node.words());
        }
        try {
            return setting.type.parse(node.word().trim());
        } catch (IllegalArgumentException e) {
            throw node.wrong(e.getMessage());
        }
    }

    private static Stream<Setting> settings(String section) {
        return Arrays.stream(Setting.values()).filter(setting -> setting.key.startsWith(section + "."));
    }

    private static Setting known(String section, String name) {
        return settings(section)
                .filter(setting -> setting.shortKey().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private void bundles(ConfigNode node) throws UsageException {
        for (ConfigNode bundle : node.entries().values()) {
            Setting setting = known("bundles", bundle.name());
            if (setting == null || bundle.isMap()) {
                bundles.put(pid(bundle), properties(bundle));
            } else if (!bundle.isEmpty()) {
                server.put(setting, value(setting, bundle));
            }
        }
    }

    private static String pid(ConfigNode bundle) throws UsageException {
        String pid = bundle.name();
        if (!pid.matches("[^~\\s]+(~[^~\\s]+)?")) {
            throw bundle.wrongKey("bundles: '" + pid + "' is not PID or FACTORY_PID~NAME");
        }
        if (pid.replaceFirst("~.*", "").equals(Setting.Pids.CAMERA)) {
            throw bundle.wrongKey("bundles: " + pid + " is a camera; name it in cameras: instead");
        }
        return pid;
    }

    private static Map<String, Object> properties(ConfigNode bundle) throws UsageException {
        Map<String, Object> properties = new HashMap<>();
        for (ConfigNode entry : bundle.entriesInAnyCase().values()) {
            if (entry.name().isBlank()) {
                throw entry.wrongKey(bundle.key() + " has a property without a name");
            }
            if (!entry.isEmpty()) {
                properties.put(entry.name(), entry.property());
            }
        }
        return properties;
    }

    private static void unknown(ConfigNode node, Stream<String> known) {
        LOG.warn(
                "{}: {} is not a setting and is ignored; the nearest is {}",
                node.place(),
                node.key(),
                Nearest.of(node.key(), known));
    }
}
