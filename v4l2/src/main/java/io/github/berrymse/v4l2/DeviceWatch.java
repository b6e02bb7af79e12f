package io.github.berrymse.v4l2;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a video device has come or gone, by inotify(7) on {@code /dev} and on the folders of links that udev keeps
 * in {@code /dev/v4l}: a link comes after the device's permissions. One thread for all listeners, and none without them.
 * Thread-safe.
 */
public final class DeviceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
    private static final DeviceWatch DEV = new DeviceWatch(Path.of("/dev"));

    private final Path dev;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private WatchService watch;

    DeviceWatch(Path dev) {
        this.dev = dev;
    }

    /**
     * Calls a listener whenever a video device or a link to one has come or gone.
     *
     * @param changed returns at once; called by the thread {@code device watch}
     * @return ends that; a call that has begun may still come to its end
     */
    public static AutoCloseable listen(Runnable changed) {
        return DEV.add(changed);
    }

    synchronized AutoCloseable add(Runnable changed) {
        Runnable listener = changed::run; // an object of its own, as one may listen twice
        listeners.add(listener);
        if (watch == null) {
            start();
        }
        return () -> remove(listener);
    }

    private synchronized void remove(Runnable listener) {
        if (listeners.remove(listener) && listeners.isEmpty() && watch != null) {
            close(watch);
            watch = null;
        }
    }

    private void start() {
        try {
            watch = dev.getFileSystem().newWatchService();
            register(watch);
            WatchService started = watch;
            Thread thread = new Thread(() -> run(started), "device watch");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            LOG.warn("{} cannot be watched ({}): a camera that is plugged in is found within 10 s", dev, e.toString());
        }
    }

    private void run(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                boolean isOfDevices = isOfDevices(key);
                key.reset();
                if (isOfDevices) {
                    register(service);
                    listeners.forEach(Runnable::run);
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            LOG.debug("nobody listens any more");
        } catch (IOException e) {
            LOG.warn("{} is not watched any more ({}): a camera that is plugged in is found within 10 s", dev, e);
        }
    }

    private boolean isOfDevices(WatchKey key) {
        boolean isDev = dev.equals(key.watchable());
        return key.pollEvents().stream()
                .map(WatchEvent::context)
                .anyMatch(name -> !isDev || name == null || String.valueOf(name).matches("video\\d+|v4l"));
    }

    /** The folders of links come with the first device and go with the last; one that is watched already stays so. */
    private void register(WatchService service) throws IOException {
        Path links = dev.resolve("v4l");
        for (Path folder : List.of(dev, links, links.resolve("by-id"), links.resolve("by-path"))) {
            if (Files.isDirectory(folder)) {
                register(service, folder);
            }
        }
    }

    private void register(WatchService service, Path folder) throws IOException {
        try {
            folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            if (folder.equals(dev)) {
                throw e;
            }
            LOG.debug("{} went before it could be watched", folder);
        }
    }

    private static void close(WatchService service) {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("closing the watch", e);
        }
    }
}
