package io.github.berrymse.launcher;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns settings into configurations (OSGi Compendium 104). What the launcher wrote is marked: it updates what differs and
 * deletes what is not wanted any more; the configurations of others are left alone.
 */
final class Configurations {
    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
    private static final String MARK = "berrymse.launcher";

    private Configurations() {}

    /** What belongs to each PID; a camera's is {@code FACTORY_PID~NAME}. */
    static Map<String, Map<String, Object>> of(Settings settings) {
        Map<String, Map<String, Object>> byPid = new LinkedHashMap<>();
        settings.bundles().forEach((pid, properties) -> properties(byPid, pid).putAll(properties));
        properties(byPid, Setting.Pids.HTTP).putAll(http(settings.address()));
        settings.server().forEach((setting, value) -> {
            if (!setting.pid.equals(Setting.Pids.LAUNCHER)) {
                properties(byPid, setting.pid).putAll(setting.properties(value));
            }
        });
        int order = 0;
        for (Map.Entry<String, Map<Setting, Object>> camera : settings.cameras().entrySet()) {
            String pid = Setting.Pids.CAMERA + "~" + camera.getKey();
            byPid.remove(pid);
            Map<String, Object> properties = properties(byPid, pid);
            camera.getValue().forEach((setting, value) -> properties.putAll(setting.properties(value)));
            properties.put("camera.name", camera.getKey());
            properties.put("camera.order", order++);
        }
        return byPid;
    }

    /** The properties of a PID; their names are the same in any case. */
    private static Map<String, Object> properties(Map<String, Map<String, Object>> byPid, String pid) {
        return byPid.computeIfAbsent(pid, newPid -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }

    private static Map<String, Object> http(ListenAddress address) {
        Map<String, Object> http = new HashMap<>(Map.of(
                "org.osgi.service.http.port",
                address.port(),
                "org.apache.felix.http.jetty.acceptors",
                1,
                "org.apache.felix.http.jetty.selectors",
                1,
                "org.apache.felix.http.jetty.threadpool.max",
                16,
                "org.apache.felix.jetty.websocket.enable",
                true,
                "org.apache.felix.jetty.stopTimeout",
                500L));
        if (!address.host().isEmpty()) {
            http.put("org.apache.felix.http.host", address.host());
        }
        return http;
    }

    /** Brings ConfigAdmin to what is wanted. @return the PIDs whose properties are others now */
    static Set<String> write(ConfigurationAdmin admin, Map<String, Map<String, Object>> wanted) throws IOException {
        for (Configuration configuration : matching(admin, MARK, "true")) {
            if (!wanted.containsKey(configuration.getPid())) {
                configuration.delete();
            }
        }
        Set<String> changed = new HashSet<>();
        for (Map.Entry<String, Map<String, Object>> entry : wanted.entrySet()) {
            String pid = entry.getKey();
            Map<String, Object> properties = new HashMap<>(entry.getValue());
            properties.put(MARK, true);
            if (isOfAnother(admin, pid)) {
                LOG.warn("bundles: {} has a configuration that another bundle made; it stays as it is", pid);
            } else if (configuration(admin, pid).updateIfDifferent(FrameworkUtil.asDictionary(properties))) {
                changed.add(pid);
            }
        }
        return changed;
    }

    /** Whether it has a configuration without the mark; those that the settings go to are ours whoever made them. */
    private static boolean isOfAnother(ConfigurationAdmin admin, String pid) throws IOException {
        if (Setting.Pids.isOfASetting(pid)) {
            return false;
        }
        Configuration[] found = matching(admin, Constants.SERVICE_PID, pid);
        return found.length > 0 && found[0].getProperties().get(MARK) == null;
    }

    private static Configuration configuration(ConfigurationAdmin admin, String pid) throws IOException {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin.getConfiguration(pid, "?")
                : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?");
    }

    private static Configuration[] matching(ConfigurationAdmin admin, String property, String value)
            throws IOException {
        try {
            String escaped = value.replaceAll("[\\\\*()]", "\\\\$0");
            Configuration[] found = admin.listConfigurations("(" + property + "=" + escaped + ")");
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
