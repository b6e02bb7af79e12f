package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What reaches a real ConfigAdmin, in a framework that has nothing else. */
class ConfigurationsTest {
    private static final String DOOR = "io.github.berrymse.hub~door";
    private static final String MARK = "berrymse.launcher";

    @TempDir
    Path folder;

    private Framework framework;
    private ConfigurationAdmin admin;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("felix").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.osgi.service.cm;version=1.6.1"));
        framework.start();
        BundleContext context = framework.getBundleContext();
        String configAdmin = PersistenceManager.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        context.installBundle(configAdmin).start();
        admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private static Map<String, Map<String, Object>> wanted(int width) {
        Map<String, Map<String, Object>> wanted = new HashMap<>();
        wanted.put(DOOR, Map.of("width", width));
        wanted.put("com.example.door", Map.of("open", true, "keys", new String[] {"a", "b"}, "days", 7));
        return wanted;
    }

    /** The configuration with a PID; null when there is none. */
    private Configuration configuration(String pid) throws Exception {
        Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
        return found == null ? null : found[0];
    }

    private List<String> pids() throws Exception {
        Configuration[] all = admin.listConfigurations(null);
        return all == null
                ? List.of()
                : Arrays.stream(all).map(Configuration::getPid).toList();
    }

    private Configuration madeByAnother(String pid) throws IOException {
        Configuration other = admin.getConfiguration(pid, "?");
        other.update(FrameworkUtil.asDictionary(Map.of("theirs", true)));
        return other;
    }

    @Test
    void marksWhatItWrites() throws Exception {
        Configurations.write(admin, wanted(640));

        assertThat(pids()).containsExactlyInAnyOrder(DOOR, "com.example.door");
        Configuration door = configuration(DOOR);
        assertThat(door.getFactoryPid()).isEqualTo("io.github.berrymse.hub");
        assertThat(door.getProperties().get("width")).isEqualTo(640);
        assertThat(door.getProperties().get(MARK)).isEqualTo(true);
        assertThat(configuration("com.example.door").getProperties().get("keys"))
                .isEqualTo(new String[] {"a", "b"});
    }

    @Test
    void updatesOnlyWhatDiffers() throws Exception {
        Configurations.write(admin, wanted(640));
        long camera = configuration(DOOR).getChangeCount();
        long bundle = configuration("com.example.door").getChangeCount();

        Configurations.write(admin, wanted(640));
        assertThat(configuration(DOOR).getChangeCount()).isEqualTo(camera);
        assertThat(configuration("com.example.door").getChangeCount()).isEqualTo(bundle);

        Configurations.write(admin, wanted(320));
        assertThat(configuration(DOOR).getChangeCount()).isGreaterThan(camera);
        assertThat(configuration(DOOR).getProperties().get("width")).isEqualTo(320);
        assertThat(configuration("com.example.door").getChangeCount()).isEqualTo(bundle);
    }

    @Test
    void deletesWhatLeftAndLeavesOthersAlone() throws Exception {
        Configuration other = madeByAnother("com.example.other");
        Configurations.write(admin, wanted(640));
        long theirs = other.getChangeCount();

        Configurations.write(admin, Map.of(DOOR, Map.of("width", 640)));
        assertThat(pids()).containsExactlyInAnyOrder(DOOR, "com.example.other");

        Configurations.write(admin, Map.of());
        assertThat(pids()).containsExactly("com.example.other");
        assertThat(other.getChangeCount()).isEqualTo(theirs);
        assertThat(other.getProperties().get("theirs")).isEqualTo(true);
        assertThat(other.getProperties().get(MARK)).isNull();
    }

    @Test
    void leavesAConfigurationAloneThatAnotherBundleMade() throws Exception {
        Configuration other = madeByAnother("com.example.door");
        Configuration factory = admin.getFactoryConfiguration("com.example.lamp", "(a)*", "?");
        factory.update(FrameworkUtil.asDictionary(Map.of("theirs", true)));
        Map<String, Map<String, Object>> wanted = new HashMap<>(wanted(640));
        wanted.put("com.example.lamp~(a)*", Map.of("on", true));

        assertThat(Configurations.write(admin, wanted)).containsExactly(DOOR);
        Configurations.write(admin, Map.of());
        assertThat(pids()).containsExactlyInAnyOrder("com.example.door", "com.example.lamp~(a)*");
        for (Configuration each : new Configuration[] {other, factory}) {
            assertThat(each.getProperties().get("theirs")).isEqualTo(true);
            assertThat(each.getProperties().get("open")).isNull();
            assertThat(each.getProperties().get(MARK)).isNull();
        }
    }

    @Test
    void takesTheConfigurationsThatTheSettingsGoTo() throws Exception {
        madeByAnother(Setting.Pids.WEB_SOCKET);
        Configuration door = admin.getFactoryConfiguration(Setting.Pids.CAMERA, "door", "?");
        door.update(FrameworkUtil.asDictionary(Map.of("width", 320)));

        Configurations.write(admin, Map.of(DOOR, Map.of("width", 640), Setting.Pids.WEB_SOCKET, Map.of("path", "a")));
        assertThat(door.getProperties().get("width")).isEqualTo(640);
        assertThat(configuration(Setting.Pids.WEB_SOCKET).getProperties().get("path"))
                .isEqualTo("a");
    }

    @Test
    void aPropertyThatLeftIsGone() throws Exception {
        Configurations.write(admin, Map.of(DOOR, Map.of("width", 640, "height", 480)));
        Configurations.write(admin, Map.of(DOOR, Map.of("width", 640)));
        assertThat(configuration(DOOR).getProperties().get("height")).isNull();
    }

    @Test
    void whateverABundleIsGivenIsTaken() throws Exception {
        Path config = Files.writeString(
                folder.resolve("config.yml"),
                """
                camera: {controls: {Brightness: 1, contrast: }}
                server: {webSocket: ours}
                bundles:
                  io.github.berrymse.transport.websocket: {PATH: theirs}
                  com.example.door~1: {a: 1, big: 123456789012345678901234567890, none: , list: [b]}
                """);
        Configurations.write(admin, Configurations.of(ConfigFile.now(config).settings()));

        Dictionary<String, Object> door = configuration("com.example.door~1").getProperties();
        assertThat(door.get("a")).isEqualTo(1);
        assertThat(door.get("big")).isEqualTo("123456789012345678901234567890");
        assertThat(door.get("none")).isNull();
        assertThat(configuration(Setting.Pids.WEB_SOCKET).getProperties().get("path"))
                .isEqualTo("ours");
    }
}
