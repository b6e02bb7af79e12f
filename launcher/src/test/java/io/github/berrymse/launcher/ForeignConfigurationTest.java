package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What other bundles configure takes effect beside what the launcher does, in a framework with the hub. */
@Timeout(60)
class ForeignConfigurationTest {
    private static final List<String> BUNDLES = List.of(
            "org.apache.felix.configadmin",
            "org.apache.felix.scr",
            "org.osgi.service.component-",
            "org.osgi.util.promise",
            "org.osgi.util.function",
            "api-",
            "hub-");

    @TempDir
    Path folder;

    private Framework framework;
    private BundleContext context;
    private ConfigurationAdmin admin;

    @BeforeEach
    void start() throws Exception {
        List<File> jars = new ArrayList<>();
        for (String bundle : BUNDLES) {
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(File::new)
                    .filter(file ->
                            file.getName().startsWith(bundle) && file.getName().endsWith(".jar"))
                    .findFirst()
                    .ifPresent(jars::add);
        }
        assumeTrue(jars.size() == BUNDLES.size(), "skipped: the modules are not packaged; run mvn verify");
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("felix").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.slf4j;version=2.0.17,org.osgi.service.cm;version=1.6.1"));
        framework.start();
        context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (File jar : jars) {
            bundles.add(context.installBundle(jar.toURI().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
    }

    @AfterEach
    void stop() throws Exception {
        if (framework != null) {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }

    /** The stream's service; waits until its property has the value. */
    private ServiceReference<?> awaitStream(String name, String property, Object value) throws Exception {
        String filter = "(&(camera.name=" + name + ")(" + property + "=" + value + "))";
        while (true) {
            ServiceReference<?>[] found = context.getAllServiceReferences("io.github.berrymse.api.LiveStream", filter);
            if (found != null) {
                return found[0];
            }
            Thread.sleep(10);
        }
    }

    @Test
    void aCameraThatAnotherBundleConfiguresStreamsAndIsLeftAlone() throws Exception {
        Configurations.write(admin, Configurations.of(Settings.none()));
        Configuration theirs = admin.getFactoryConfiguration(Setting.Pids.CAMERA, "attic", "?");
        theirs.update(FrameworkUtil.asDictionary(Map.of("camera.name", "attic", "bitrate", 1)));
        ServiceReference<?> attic = awaitStream("attic", "bitrate", 1);
        ServiceReference<?> camera = awaitStream("camera", "camera.order", 0);

        theirs.update(FrameworkUtil.asDictionary(Map.of("camera.name", "attic", "bitrate", 2)));
        assertThat(awaitStream("attic", "bitrate", 2))
                .as("the same stream, changed live")
                .isEqualTo(attic);

        Configurations.write(admin, Configurations.of(Settings.none()));
        assertThat(attic.getBundle()).isNotNull();
        assertThat(camera.getBundle()).as("nothing differs, so nothing happens").isNotNull();
        theirs.delete();
        while (attic.getBundle() != null) {
            Thread.sleep(10);
        }
        assertThat(camera.getBundle()).isNotNull();
    }
}
