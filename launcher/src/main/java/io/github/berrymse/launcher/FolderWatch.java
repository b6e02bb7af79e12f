package io.github.berrymse.launcher;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Felix FileInstall look at folders, and is told of jars that came or changed once they do not grow any more. A
 * folder that is not there is waited for. Confined to the swap thread.
 */
final class FolderWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** Which files count: no hidden ones, and none that a build leaves beside its bundle. */
    static final String JAR = "(?!\\.|original-).+(?<!-sources|-javadoc|-tests)\\.jar";

    private static final String INSTALLER = "org.apache.felix.fileinstall.ArtifactInstaller";
    private static final String POLL_MS = "1000";

    private final BundleContext context;
    private final Path temporary;
    private final InvocationHandler installer;
    private ServiceRegistration<?> registration;

    /**
     * @param temporary a folder that FileInstall insists on
     * @param changed takes a jar that came or changed, on the swap thread
     */
    FolderWatch(BundleContext context, Path temporary, Executor swapThread, Consumer<Path> changed) {
        this.context = context;
        this.temporary = temporary;
        this.installer = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "install", "update" -> swapThread.execute(() -> changed.accept(file(arguments)));
                case "uninstall" -> {} // it may be written anew
                default -> {
                    return answer(proxy, method, arguments);
                }
            }
            return null;
        };
    }

    private static Path file(Object... arguments) {
        return ((File) arguments[0]).toPath();
    }

    private static Object answer(Object proxy, Method method, Object... arguments) {
        return switch (method.getName()) {
            case "canHandle" -> true;
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "BerryMSE";
        };
    }

    /** Looks at these folders, and at no others any more. */
    void watch(Bundle fileInstall, List<Path> folders) throws BundleException {
        folders.stream()
                .filter(folder -> !isWatchable(folder))
                .forEach(folder -> LOG.error("{} is not looked at, as its name has a comma", folder));
        List<Path> watched = folders.stream().filter(FolderWatch::isWatchable).toList();
        Map<String, String> properties = Map.of(
                "dir",
                watched.stream().map(Path::toString).collect(Collectors.joining(",")),
                "poll",
                POLL_MS,
                "filter",
                JAR,
                "subdir.mode",
                "skip",
                "disableNio2",
                "true",
                "bundles.new.start",
                "false",
                "tmpdir",
                temporary.toString());
        properties.forEach((name, value) -> System.setProperty("felix.fileinstall." + name, value));
        fileInstall.stop();
        if (watched.isEmpty()) {
            return;
        }
        if (registration == null) {
            registration = context.registerService(INSTALLER, installer(fileInstall), null);
        }
        fileInstall.start();
    }

    /** To FileInstall a comma ends a name. */
    private static boolean isWatchable(Path folder) {
        return !folder.toString().contains(",");
    }

    /** An implementation of FileInstall's interface, which is in its bundle and not on the launcher's class path. */
    private Object installer(Bundle fileInstall) throws BundleException {
        try {
            Class<?> type = fileInstall.loadClass(INSTALLER);
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, installer);
        } catch (ClassNotFoundException e) {
            throw new BundleException("FileInstall has no " + INSTALLER, e);
        }
    }
}
