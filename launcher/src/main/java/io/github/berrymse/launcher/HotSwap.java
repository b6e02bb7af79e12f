package io.github.berrymse.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that exchanges bundles while the program runs: the folders, the verbs of the command line, and the swap thread, on
 * which it all happens. Thread-safe.
 */
final class HotSwap implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(HotSwap.class);

    private static final long LOOK_MS = 1000;

    private final ScheduledExecutorService swapThread =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "swap"));
    private final OsgiFramework framework;
    private final Path copies;
    private final BundleSwap swap;
    private final BundleFolder folder;
    private List<Path> used = List.of();
    private FolderWatch watch;
    private volatile ControlServer control;

    /** @param state where private copies of jars are kept while the program runs */
    HotSwap(OsgiFramework framework, BuiltIn builtIn, Path state) throws IOException {
        this.framework = framework;
        this.copies = emptied(state.resolve("jars"));
        this.swap = new BundleSwap(framework.context(), builtIn);
        this.folder = new BundleFolder(swap, copies);
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        return folder;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes the jars of these folders before the bundles are started. */
    void use(List<Path> folders) throws IOException {
        List<Path> first = BundleFolder.canonical(folders);
        used = first;
        try {
            swapThread
                    .submit(() -> {
                        folder.use(first);
                        return null;
                    })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the program stops
        } catch (ExecutionException e) {
            throw new IOException("the bundles in " + folders + " cannot be used: " + e.getCause(), e);
        }
    }

    /** Takes the jars of these folders while the bundles run, when they are other folders; does not wait for it. */
    void change(List<Path> folders) throws IOException {
        List<Path> next = BundleFolder.canonical(folders);
        if (!next.equals(used)) {
            used = next;
            onSwapThread(() -> takeAndLook(next));
        }
    }

    private void takeAndLook(List<Path> folders) {
        try {
            folder.use(folders);
        } catch (IOException e) {
            LOG.error(
                    "the bundles in {} cannot be used ({}); name another folder as bundles.dir", folders, e.toString());
        }
        look();
    }

    private void look() {
        try {
            if (watch != null) {
                watch.watch(framework.fileInstall(), folder.folders());
            }
        } catch (BundleException e) {
            if (!swapThread.isShutdown()) { // else the framework stops beneath it
                LOG.error("the folder of bundles is not looked at: {}", e.getMessage());
            }
        }
    }

    /** The program does not work: takes back what was put in place, if anything was. @return whether it did */
    boolean takeBack(String reason) throws InterruptedException {
        return ask(() -> swap.takeBackAll(reason));
    }

    boolean isAnythingSwapped() throws InterruptedException {
        return ask(swap::isAnythingSwapped);
    }

    private boolean ask(Callable<Boolean> question) throws InterruptedException {
        try {
            return swapThread.submit(question).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** All bundles are started: takes back those that should run and do not. */
    void started() {
        onSwapThread(swap::started);
    }

    private void onSwapThread(Runnable task) {
        if (swapThread.isShutdown()) {
            return;
        }
        swapThread.execute(() -> guarded(task));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (!swapThread.isShutdown()) { // else the framework stops beneath it
                LOG.error("a bundle could not be swapped: {}", e.toString(), e);
            }
        }
    }

    /**
     * Looks at the folders from now on, and answers the command line.
     *
     * @param greeting as {@link ControlServer#open} wants it
     */
    void open(Supplier<String> greeting) {
        onSwapThread(() -> {
            watch = new FolderWatch(framework.context(), copies, this::onSwapThread, folder::changed);
            look();
            // FileInstall knows neither those that went before its first look, nor whether one that went comes back
            swapThread.scheduleWithFixedDelay(
                    () -> guarded(folder::lookAgain), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
        });
        try {
            control = ControlServer.open(greeting, new BundleCommands(framework.context(), swap, copies, swapThread));
            daemon(control, "control").start();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("berrymse bundles, swap and rollback cannot reach this program: {}", e.getMessage());
        }
    }

    /** Ends what is under way, and takes the socket away. */
    @Override
    public void close() throws IOException {
        swapThread.shutdownNow();
        if (control != null) {
            control.close();
        }
    }
}
