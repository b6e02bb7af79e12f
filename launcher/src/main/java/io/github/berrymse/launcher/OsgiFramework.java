package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded framework (OSGi Core 4.2) with the bundles that the executable carries. Confined to one thread after the other. */
final class OsgiFramework {
    private static final Logger LOG = LoggerFactory.getLogger(OsgiFramework.class);
    private static final String CONFIG_ADMIN = "org.apache.felix.configadmin";
    private static final String HTTP = "org.apache.felix.http.jetty";
    private static final String WEB_SERVER = "org.osgi.service.http.runtime.HttpServiceRuntime";
    private static final String FILE_INSTALL = "org.apache.felix.fileinstall";
    private static final Set<String> LATER = Set.of(HTTP, FILE_INSTALL);

    private static final long STOP_MS = 900;

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

    /** Starts every bundle but the web server and what looks at the folder of bundles. */
    void startBundles() {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean isFragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (!isFragment && bundle.getState() != Bundle.ACTIVE && !LATER.contains(bundle.getSymbolicName())) {
                start(bundle);
            }
        }
    }

    /** Starts the web server, when what it serves is there. */
    void startWebServer() throws BundleException {
        bundle(framework.getBundleContext(), HTTP).start();
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
        framework.waitForStop(STOP_MS);
    }
}
