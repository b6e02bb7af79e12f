package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded framework (OSGi Core 4.2) with the bundles that the executable carries. Confined to one thread after the other. */
final class OsgiFramework {
    private static final Logger LOG = LoggerFactory.getLogger(OsgiFramework.class);
    private static final String CONFIG_ADMIN = "org.apache.felix.configadmin";
    private static final String HTTP = "org.apache.felix.http.jetty";
    private static final String WEB_SERVER = "org.osgi.service.http.runtime.HttpServiceRuntime";
    private static final String FILE_INSTALL = "org.apache.felix.fileinstall";
    private static final String COMPONENTS = "Service-Component";

    private static final String NEWCOMER = "berrymse.newcomer";
    private static final String LAST = "berrymse.last";

    private static final long CONFIGURED_MS = 30_000;
    private static final int STOP_LOOKS = 9;
    private static final long STOP_LOOK_MS = 100;

    private final Framework framework;

    private OsgiFramework(Framework framework) {
        this.framework = framework;
    }

    /** Installs all bundles and starts ConfigAdmin. */
    static OsgiFramework create(Path state, BuiltIn builtIn) throws BundleException, IOException {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        state.resolve("felix").toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,org.slf4j.helpers;version=2.0.17,"
                                + "org.slf4j.spi;version=2.0.17,org.osgi.service.cm;version=1.6.1",
                        Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                        "osgi.extender;osgi.extender=osgi.serviceloader.registrar;version:Version=1.0,"
                                + "osgi.extender;osgi.extender=osgi.serviceloader.processor;version:Version=1.0",
                        "org.apache.felix.jetty.websocket.enable",
                        "true",
                        "org.osgi.service.http.port",
                        "-1",
                        "felix.shutdown.hook",
                        "false",
                        "felix.cache.locking",
                        "false",
                        "felix.log.level",
                        "1"));
        framework.init();
        install(framework.getBundleContext(), builtIn);
        framework.start();
        bundle(framework.getBundleContext(), CONFIG_ADMIN).start();
        return new OsgiFramework(framework);
    }

    private static void install(BundleContext context, BuiltIn builtIn) throws IOException, BundleException {
        for (String location : builtIn.locations()) {
            try (InputStream content = builtIn.open(location)) {
                context.installBundle(location, content);
            }
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    ConfigurationAdmin configurationAdmin() {
        BundleContext context = framework.getBundleContext();
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        return context.getService(reference);
    }

    /**
     * Resolves all bundles in one go, which takes less than one after the other, and starts every one but what looks at the
     * folder of bundles. To start the web server takes as long as all the others do, on the thread on which ConfigAdmin hands
     * over its settings, and so goes on beside them. Only what it serves waits for its end: a servlet that comes while it
     * begins to look for servlets would hold it up, and be held up by it. The cameras get their settings when the sources
     * are there to choose from, and are there when the first request can come.
     *
     * @param configurations as {@link Configurations#of} has them
     */
    void startBundles(Map<String, Map<String, Object>> configurations)
            throws BundleException, IOException, InterruptedException {
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        Map<String, Map<String, Object>> first = new HashMap<>(configurations);
        first.keySet().removeIf(Setting.Pids::isOfACamera);
        Configurations.write(configurationAdmin(), first);
        bundle(framework.getBundleContext(), HTTP).start();
        List<Bundle> served = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (isServed(bundle)) {
                served.add(bundle);
            } else if (!FILE_INSTALL.equals(bundle.getSymbolicName())) {
                start(bundle);
            }
        }
        Configurations.write(configurationAdmin(), configurations);
        awaitConfigured(CONFIGURED_MS);
        served.forEach(OsgiFramework::start);
    }

    /** Whether it has servlets among its components (OSGi Compendium 112.4). */
    private static boolean isServed(Bundle bundle) {
        Dictionary<String, String> headers = bundle.getHeaders("");
        String imports = headers.get(Constants.IMPORT_PACKAGE);
        return headers.get(COMPONENTS) != null && imports != null && imports.contains("jakarta.servlet");
    }

    /**
     * Waits until ConfigAdmin has handed over all settings, and until all have heard of them: it does both one after the
     * other (OSGi Compendium 104.5.3, 104.6), so that what comes last shows the end.
     */
    void awaitConfigured(long timeoutMs) throws IOException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        CountDownLatch ends = new CountDownLatch(2);
        ManagedService newcomer = properties -> ends.countDown();
        ConfigurationListener listener = event -> {
            if (event.getPid().equals(LAST) && event.getType() == ConfigurationEvent.CM_UPDATED) {
                ends.countDown();
            }
        };
        var ofNewcomer = context.registerService(
                ManagedService.class, newcomer, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, NEWCOMER)));
        var ofListener = context.registerService(ConfigurationListener.class, listener, null);
        try {
            Configuration last = configurationAdmin().getConfiguration(LAST, "?");
            last.update(FrameworkUtil.asDictionary(Map.of()));
            if (!ends.await(timeoutMs, TimeUnit.MILLISECONDS)) {
                LOG.warn("settings are not handed over after {} s; the program goes on all the same", timeoutMs / 1000);
            }
            last.delete();
        } finally {
            ofListener.unregister();
            ofNewcomer.unregister();
        }
    }

    /** What the web server registers when it listens, anew whenever it is restarted; null while it does not. */
    ServiceReference<?> webServer() {
        return framework.getBundleContext().getServiceReference(WEB_SERVER);
    }

    /** The bundle that looks at the folder of bundles; not started. */
    Bundle fileInstall() throws BundleException {
        return bundle(framework.getBundleContext(), FILE_INSTALL);
    }

    private static void start(Bundle bundle) {
        boolean isFragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        if (isFragment || bundle.getState() == Bundle.ACTIVE) {
            return;
        }
        try {
            Starting.start(bundle);
        } catch (BundleException e) {
            LOG.error("bundle {} does not start: {}", bundle.getSymbolicName(), e.getMessage());
        }
    }

    private static Bundle bundle(BundleContext context, String symbolicName) throws BundleException {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new BundleException("the executable does not carry the bundle " + symbolicName);
    }

    /** Waits until the framework has stopped, by {@link #stop} or by one of its bundles. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Stops all bundles, and waits no longer than for them to say so. From any thread. */
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        for (int look = 0; look < STOP_LOOKS; look++) { // a machine that stands still uses up one of them
            if (framework.waitForStop(STOP_LOOK_MS).getType() != FrameworkEvent.WAIT_TIMEDOUT) {
                return;
            }
        }
    }
}
