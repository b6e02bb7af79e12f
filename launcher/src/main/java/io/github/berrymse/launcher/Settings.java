package io.github.berrymse.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the user has set, by file and flags. Immutable.
 *
 * @param server settings of the program as a whole
 * @param cameras settings of each camera by its name, the first camera first; one at least
 * @param bundles properties for any bundle, by PID
 */
record Settings(
        Map<Setting, Object> server,
        Map<String, Map<Setting, Object>> cameras,
        Map<String, Map<String, Object>> bundles) {

    /** Environment variable: more folders of bundles, for who works on them. */
    static final String WATCHED = "BERRYMSE_WATCH";

    private static final String ONLY_CAMERA = "camera";

    Settings {
        Map<String, Map<Setting, Object>> inOrder = new LinkedHashMap<>(cameras);
        if (inOrder.isEmpty()) {
            inOrder.put(ONLY_CAMERA, Map.of());
        }
        server = Map.copyOf(server);
        cameras = Collections.unmodifiableMap(inOrder);
        bundles = Map.copyOf(bundles);
    }

    static Settings none() {
        return new Settings(Map.of(), Map.of(), Map.of());
    }

    /** The same with the flags before it: those of a camera are the first camera's. */
    Settings with(Map<Setting, Object> flags) {
        Map<Setting, Object> newServer = new EnumMap<>(Setting.class);
        newServer.putAll(server);
        Map<String, Map<Setting, Object>> newCameras = new LinkedHashMap<>(cameras);
        String first = newCameras.keySet().iterator().next();
        Map<Setting, Object> firstCamera = new EnumMap<>(Setting.class);
        firstCamera.putAll(newCameras.get(first));
        flags.forEach((setting, value) -> (setting.isOfCamera() ? firstCamera : newServer).put(setting, value));
        newCameras.put(first, firstCamera);
        return new Settings(newServer, newCameras, bundles);
    }

    /**
     * The folders whose jars replace or add bundles.
     *
     * @param configFile as given by {@code -c}
     */
    List<Path> bundleFolders(Path configFile) throws UsageException {
        List<Path> folders = new ArrayList<>();
        String folder = String.valueOf(server.getOrDefault(Setting.BUNDLES_DIR, "bundles"));
        if (folder.contains(",")) { // FileInstall divides folders by it
            throw new UsageException(1, folder + " has a comma in its name; choose another folder as bundles.dir");
        }
        if (!folder.isEmpty()) {
            folders.add(ConfigFile.of(configFile).toAbsolutePath().resolveSibling(folder));
        }
        String watched = System.getenv(WATCHED);
        if (watched != null) {
            Stream.of(watched.split(":")).map(Path::of).forEach(folders::add);
        }
        return folders;
    }

    /** Where to listen. */
    ListenAddress address() {
        return (ListenAddress) server.getOrDefault(Setting.URL, ListenAddress.parse(ListenAddress.DEFAULT));
    }
}
