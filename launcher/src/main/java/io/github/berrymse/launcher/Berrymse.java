package io.github.berrymse.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: reads flags and file, starts the framework, says where to look, and stops cleanly. */
public final class Berrymse {
    private static final Logger LOG = LoggerFactory.getLogger(Berrymse.class);
    private static final long LISTENING_MS = 60_000;

    /** How long there may be no page when jars that lay in the folder at start may be the reason. */
    private static final long PAGELESS_MS = 20_000;

    private Berrymse() {}

    /** Runs until the process is told to stop. Exit code 0: stopped; 1: cannot start; 2: not understood. */
    public static void main(String[] args) {
        int exitCode = 1;
        try {
            run(terminal(FileDescriptor.out), args);
            exitCode = 0;
        } catch (UsageException e) {
            terminal(FileDescriptor.err).println("berrymse: " + e.getMessage());
            exitCode = e.exitCode;
        } catch (IOException | BundleException | RuntimeException e) {
            LOG.error("berrymse cannot start: {}", e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(exitCode);
    }

    private static void run(PrintWriter out, String... args)
            throws UsageException, IOException, BundleException, InterruptedException {
        Preparation preparation = new Preparation();
        Runtime.getRuntime().addShutdownHook(new Thread(preparation::close, "stop"));
        if (Flags.mayServeInTemporaryFolder(args)) {
            preparation.begin(null);
        }
        Flags flags = Flags.parse(args);
        if (flags.isHelp()) {
            Flags.printHelp(out);
            return;
        }
        if (flags.isVersion()) {
            out.println("berrymse " + version());
            return;
        }
        if (flags.verb() != null) {
            out.println(
                    flags.verb().isPrepare() ? ClassArchive.makeNow(preparation) : ControlClient.send(flags.verb()));
            return;
        }
        serve(flags, preparation, out);
    }

    private static void serve(Flags flags, Preparation preparation, PrintWriter out)
            throws UsageException, IOException, BundleException, InterruptedException {
        ConfigFile file = ConfigFile.now(flags.configFile());
        Settings settings = file.settings().with(flags.settings());
        settings.address().check(null);
        preparation.begin(flags.stateFolder());
        Preparation.Ready ready = preparation.await();
        OsgiFramework framework = ready.framework();
        HotSwap hotSwap = new HotSwap(framework, ready.builtIn(), ready.state());
        preparation.closeFirst(hotSwap);
        hotSwap.use(settings.bundleFolders(flags.configFile()));
        framework.startBundles(Configurations.of(settings));
        hotSwap.started();
        awaitPage(settings.address(), hotSwap);
        Consumer<ListenAddress> moved = at -> out.println("BerryMSE " + version() + " is at " + at.url());
        RunningSettings running = new RunningSettings(settings, flags, framework, hotSwap, moved);
        hotSwap.open(() -> running.address() + "\t" + ready.state().toAbsolutePath());
        moved.accept(settings.address());
        watch(new ConfigWatch(flags.configFile(), file, running));
        if (flags.stateFolder() == null) {
            Leftovers.delete(ready.state());
        }
        stay(settings, framework, preparation);
    }

    /** Until the program is told to stop; a rehearsal is over by itself. */
    private static void stay(Settings settings, OsgiFramework framework, Preparation preparation)
            throws IOException, InterruptedException {
        if (Rehearsal.isOne()) {
            Rehearsal.play(settings);
            return;
        }
        preparation.closeFirst(ClassArchive.open());
        framework.awaitStop();
    }

    private static void watch(ConfigWatch watch) {
        Thread thread = new Thread(watch, "config");
        thread.setDaemon(true);
        thread.start();
    }

    private static String version() {
        return Objects.requireNonNullElse(Berrymse.class.getPackage().getImplementationVersion(), "(development)");
    }

    /** Waits until the page is there, without jars of the folder that keep it away. */
    private static void awaitPage(ListenAddress address, HotSwap hotSwap) throws InterruptedException, UsageException {
        boolean isThere = Page.await(address, () -> true, hotSwap.isAnythingSwapped() ? PAGELESS_MS : LISTENING_MS);
        if (!isThere && hotSwap.takeBack("came, and there is no page at " + address.url())) {
            isThere = Page.await(address, () -> true, LISTENING_MS);
        }
        if (!isThere) {
            throw new UsageException(1, "the web server did not answer on " + address + " within 60 s");
        }
    }

    private static PrintWriter terminal(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
