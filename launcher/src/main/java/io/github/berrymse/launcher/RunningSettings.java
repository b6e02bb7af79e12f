package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.ServiceReference;

/**
 * Brings settings into the running program, and the last good ones back when the web server does not come up with the new.
 * Confined to one thread at a time, except for {@link #address}.
 */
final class RunningSettings implements ConfigWatch.Target {
    private static final long RESTART_MS = 15_000;

    private final Flags flags;
    private final OsgiFramework framework;
    private final HotSwap hotSwap;
    private final Consumer<ListenAddress> moved;
    private Map<String, Map<String, Object>> configurations;
    private volatile ListenAddress address;

    /**
     * @param first what was written already, and the web server is there
     * @param moved is told where the server is to be found, whenever that is another address
     */
    RunningSettings(
            Settings first, Flags flags, OsgiFramework framework, HotSwap hotSwap, Consumer<ListenAddress> moved) {
        this.configurations = Configurations.of(first);
        this.address = first.address();
        this.flags = flags;
        this.framework = framework;
        this.hotSwap = hotSwap;
        this.moved = moved;
    }

    /** Where the server is to be found. Thread-safe. */
    ListenAddress address() {
        return address;
    }

    @Override
    public void apply(Settings fromFile) throws UsageException, IOException, InterruptedException {
        Settings settings = fromFile.with(flags.settings());
        ListenAddress next = settings.address();
        if (!next.equals(address)) {
            next.check(address);
        }
        List<Path> folders = settings.bundleFolders(flags.configFile());
        Map<String, Map<String, Object>> wanted = Configurations.of(settings);
        write(wanted, next);
        configurations = wanted;
        hotSwap.change(folders);
        if (!next.equals(address)) {
            address = next;
            moved.accept(next);
        }
    }

    private void write(Map<String, Map<String, Object>> wanted, ListenAddress next)
            throws UsageException, IOException, InterruptedException {
        if (isThere(wanted, next)) {
            return;
        }
        boolean isBack = isThere(configurations, address);
        throw new UsageException(
                1,
                "the web server did not answer on " + next + " within 15 s"
                        + (isBack ? ", and is back on " : ", nor any more on ") + address);
    }

    /**
     * Writes configurations; a web server that is another then is there when its page is. By then it has all its servlets,
     * and the cameras have their settings.
     */
    private boolean isThere(Map<String, Map<String, Object>> written, ListenAddress at)
            throws IOException, InterruptedException {
        ServiceReference<?> before = framework.webServer();
        if (!Configurations.write(framework.configurationAdmin(), written).contains(Setting.Pids.HTTP)) {
            return true;
        }
        long endMs = System.currentTimeMillis() + RESTART_MS;
        framework.awaitConfigured(RESTART_MS);
        return Page.await(at, () -> isAnother(before), endMs - System.currentTimeMillis());
    }

    private boolean isAnother(ServiceReference<?> before) {
        ServiceReference<?> now = framework.webServer();
        return now != null && !now.equals(before);
    }
}
