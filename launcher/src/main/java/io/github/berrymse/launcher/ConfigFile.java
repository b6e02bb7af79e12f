package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code config.yml} (YAML 1.2), keys in any case. Confined to one thread at a time. */
final class ConfigFile {
    static final String DEFAULT_NAME = "config.yml";
    private static final Logger LOG = LoggerFactory.getLogger(ConfigFile.class);

    private final Path file;
    private final Map<Setting, Object> server = new EnumMap<>(Setting.class);
    private final Map<String, Map<Setting, Object>> cameras = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> bundles = new HashMap<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** The file that {@code -c} means: itself, or the {@code config.yml} of a folder. */
    static Path of(Path given) {
        return Files.isDirectory(given) ? given.resolve(DEFAULT_NAME) : given;
    }

    /**
     * What the file sets; nothing, with a warning, when there is no such file or it is not a {@code .yml}.
     *
     * @param given the file, or a folder that has a {@code config.yml}
     * @throws UsageException when it is there but cannot be read or understood
     */
    static Settings read(Path given) throws UsageException {
        Path file = of(given);
        if (!file.toString().endsWith(".yml")) {
            LOG.warn("{} is not a .yml file; using defaults", file);
            return Settings.none();
        }
        if (!Files.exists(file)) {
            LOG.warn("there is no {}; using defaults", file);
            return Settings.none();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Object tree =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromInputStream(in);
            return new ConfigFile(file).settings(tree);
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new UsageException(1, file + place + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            boolean isText = !(e.getCause() instanceof CharacterCodingException);
            throw new UsageException(1, file + (isText ? ": " + e.getMessage() : " is not text in UTF-8"));
        } catch (StackOverflowError e) { // YAML is read by recursion, and by &a [*a] a list holds itself
            throw new UsageException(1, file + " is nested too deeply or holds itself");
        } catch (IOException e) {
            throw new UsageException(1, file + " cannot be read: " + e);
        }
    }

    private Settings settings(Object tree) throws UsageException {
        Map<String, Object> sections = new LinkedHashMap<>();
        map("the file", tree).forEach((name, section) -> sections.put(lower(name), section));
        if (sections.containsKey("camera")) {
            camera(null, "camera", sections.remove("camera"));
        }
        for (Map.Entry<?, ?> camera : map("cameras", sections.remove("cameras")).entrySet()) {
            camera(String.valueOf(camera.getKey()), "cameras." + camera.getKey(), camera.getValue());
        }
        read("server", sections.remove("server"), server, false);
        for (Map.Entry<?, ?> bundle : map("bundles", sections.remove("bundles")).entrySet()) {
            if (bundle.getValue() instanceof Map || known("bundles", bundle.getKey(), false) == null) {
                bundle(String.valueOf(bundle.getKey()), bundle.getValue());
            } else {
                read("bundles", Map.ofEntries(bundle), server, false);
            }
        }
        sections.keySet().forEach(name -> unknown(name, Stream.of("camera", "cameras", "server", "bundles")));
        return new Settings(server, cameras, bundles);
    }

    private void camera(String givenName, String section, Object tree) throws UsageException {
        Map<Setting, Object> camera = new EnumMap<>(Setting.class);
        read(section, tree, camera, true);
        Object ownName = camera.remove(Setting.NAME);
        String name =
                givenName != null ? givenName : ownName == null ? Setting.NAME.defaultText : String.valueOf(ownName);
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new UsageException(
                    1,
                    file + ": '" + name + "' is no name for a camera: " + "use letters, digits, dash and underscore");
        }
        if (cameras.put(name, camera) != null) {
            throw new UsageException(1, file + ": two cameras have the name " + name);
        }
    }

    private void bundle(String pid, Object tree) throws UsageException {
        if (!pid.matches("[^~\\s]+(~[^~\\s]+)?")) {
            throw new UsageException(1, file + ": bundles: '" + pid + "' is not PID or FACTORY_PID~NAME");
        }
        Map<String, Object> properties = new HashMap<>();
        for (Map.Entry<?, ?> entry : map("bundles." + pid, tree).entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (name.isBlank()) {
                throw new UsageException(1, file + ": bundles." + pid + " has a property without a name");
            }
            if (entry.getValue() != null) {
                properties.put(name, property(entry.getValue()));
            }
        }
        bundles.put(pid, properties);
    }

    private void read(String section, Object tree, Map<Setting, Object> into, boolean isCamera) throws UsageException {
        for (Map.Entry<?, ?> entry : map(section, tree).entrySet()) {
            Setting setting = known(section, entry.getKey(), isCamera);
            if (setting == null) {
                unknown(
                        section + "." + entry.getKey(),
                        settings(section, isCamera).map(known -> section + "." + known.shortKey()));
            } else if (entry.getValue() != null) {
                try {
                    into.put(setting, setting.type.parse(entry.getValue()));
                } catch (IllegalArgumentException e) {
                    throw new UsageException(
                            1, file + ": " + section + "." + setting.shortKey() + ": " + e.getMessage());
                }
            }
        }
    }

    private static Stream<Setting> settings(String section, boolean isCamera) {
        return Arrays.stream(Setting.values())
                .filter(setting -> isCamera ? setting.isOfCamera() : setting.key.startsWith(section + "."));
    }

    private static Setting known(String section, Object key, boolean isCamera) {
        return settings(section, isCamera)
                .filter(setting -> setting.shortKey().equalsIgnoreCase(String.valueOf(key)))
                .findFirst()
                .orElse(null);
    }

    private Map<?, ?> map(String name, Object tree) throws UsageException {
        if (tree == null) {
            return Map.of();
        }
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw new UsageException(1, file + ": " + name + " must hold 'key: value' lines, not '" + tree + "'");
    }

    /** ConfigAdmin takes words, numbers, booleans and arrays of words. */
    private static Object property(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toArray(String[]::new);
        }
        boolean isPlain = value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double;
        return isPlain ? value : String.valueOf(value);
    }

    private void unknown(String key, Stream<String> known) {
        String nearest = known.min(
                        (a, b) -> Integer.compare(distance(lower(key), lower(a)), distance(lower(key), lower(b))))
                .orElseThrow();
        LOG.warn("{}: {} is not a setting and is ignored; the nearest is {}", file, key, nearest);
    }

    private static String lower(Object text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }

    /** How many letters to put in, take out or change (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
