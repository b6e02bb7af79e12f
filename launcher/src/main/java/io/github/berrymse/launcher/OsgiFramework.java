package io.github.berrymse.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
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

/** The embedded framework (OSGi Core 4.2) with the bundles that the executable carries. Confined to the main thread. */
final class OsgiFramework {
    private static final Logger LOG = LoggerFactory.getLogger(OsgiFramework.class);
    private static final String BUNDLES = "bundles/";
    private static final String CONFIG_ADMIN = "org.apache.felix.configadmin";
    private static final String HTTP = "org.apache.felix.http.jetty";

    private final Framework framework;

    private OsgiFramework(Framework framework) {
        this.framework = framework;
    }

    /** Installs all bundles and starts ConfigAdmin. */
    static OsgiFramework create(Path state) throws BundleException, IOException {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        state.resolve("felix").toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
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
        install(framework.getBundleContext());
        framework.start();
        bundle(framework.getBundleContext(), CONFIG_ADMIN).start();
        return new OsgiFramework(framework);
    }

    private static void install(BundleContext context) throws IOException, BundleException {
        Path self = self();
        if (Files.isDirectory(self)) {
            try (Stream<Path> jars = Files.list(self.resolve(BUNDLES))) {
                for (Path jar : jars.sorted().toList()) {
                    install(context, jar.getFileName().toString(), Files.newInputStream(jar));
                }
            }
            return;
        }
        try (JarFile jar = new JarFile(self.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(BUNDLES) && entry.getName().endsWith(".jar")) {
                    install(context, entry.getName().substring(BUNDLES.length()), jar.getInputStream(entry));
                }
            }
        }
    }

    private static void install(BundleContext context, String name, InputStream content)
            throws IOException, BundleException {
        try (content) {
            context.installBundle("embedded:" + name, content);
        }
    }

    private static Path self() throws IOException {
        try {
            return new File(OsgiFramework.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toPath();
        } catch (URISyntaxException e) {
            throw new IOException("the executable cannot find itself", e);
        }
    }

    ConfigurationAdmin configurationAdmin() {
        BundleContext context = framework.getBundleContext();
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        return context.getService(reference);
    }

    /** Starts every bundle but the web server. */
    void startBundles() {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean isFragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (!isFragment && bundle.getState() != Bundle.ACTIVE && !HTTP.equals(bundle.getSymbolicName())) {
                start(bundle);
            }
        }
    }

    /** Starts the web server, when what it serves is there. */
    void startWebServer() throws BundleException {
        bundle(framework.getBundleContext(), HTTP).start();
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start();
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

    /** Stops all bundles, at most for the time given. From any thread. */
    void stop(long timeoutMs) throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(timeoutMs);
    }
}
