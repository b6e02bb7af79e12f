package io.github.berrymse.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the command line can do with the bundles of the running program. Thread-safe: all happens on the swap thread. */
final class BundleCommands {
    private static final Logger LOG = LoggerFactory.getLogger(BundleCommands.class);

    private static final String ALREADY = "just that runs already";

    private final BundleContext context;
    private final BundleSwap swap;
    private final Path copies;
    private final ExecutorService swapThread;

    BundleCommands(BundleContext context, BundleSwap swap, Path copies, ExecutorService swapThread) {
        this.context = context;
        this.swap = swap;
        this.copies = copies;
        this.swapThread = swapThread;
    }

    /** A table: name, version, state, origin, services; our own and added ones first. */
    String bundles() throws SwapException {
        return onSwapThread(() -> table(Stream.concat(
                        Stream.of(List.of("NAME", "VERSION", "STATE", "ORIGIN", "SERVICES")),
                        Arrays.stream(context.getBundles())
                                .filter(bundle -> bundle.getBundleId() != 0)
                                .sorted(Comparator.comparing(this::isOfTheFramework)
                                        .thenComparing(bundle -> BundleJar.shortName(bundle.getSymbolicName())))
                                .map(this::row))
                .toList()));
    }

    private boolean isOfTheFramework(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return BundleJar.shortName(name).equals(name) && swap.origin(bundle).equals(BundleJar.BUILT_IN);
    }

    private List<String> row(Bundle bundle) {
        return List.of(
                BundleJar.shortName(bundle.getSymbolicName()),
                bundle.getVersion().toString(),
                state(bundle),
                swap.origin(bundle),
                services(bundle));
    }

    private static String table(List<List<String>> rows) {
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column))
                        .append(" ".repeat(width - row.get(column).length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString().stripTrailing();
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.RESOLVED -> bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null ? "stopped" : "attached";
            case Bundle.INSTALLED -> "unresolved";
            case Bundle.STARTING -> "starting";
            default -> "stopping";
        };
    }

    private static String services(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services == null
                ? ""
                : Arrays.stream(services)
                        .flatMap(service -> Arrays.stream((String[]) service.getProperty(Constants.OBJECTCLASS)))
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /**
     * Replaces or adds a bundle until the program ends.
     *
     * @param name the jar's, for the user
     * @param content the jar
     */
    String swap(String name, InputStream content) throws SwapException {
        Path copy = copy(content); // here, as a client may take its time
        return onSwapThread(() -> {
            try {
                String words = swap.replace(BundleJar.of(copy, name));
                LOG.info("{}: {}", name, words.isEmpty() ? ALREADY : words);
                return words.isEmpty() ? ALREADY : words;
            } catch (SwapException e) {
                LOG.warn("{} is not used: {}; what ran before goes on", name, e.getMessage());
                throw e;
            }
        });
    }

    private Path copy(InputStream content) throws SwapException {
        Path copy = null;
        try {
            copy = Files.createTempFile(copies, "", ".jar");
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            if (copy != null) {
                copy.toFile().delete();
            }
            throw new SwapException("it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** Goes back to what ran before. */
    String rollBack(String name) throws SwapException {
        return onSwapThread(() -> {
            String words = swap.rollBack(name);
            LOG.info("rolled back: {}", words);
            return words;
        });
    }

    private String onSwapThread(Callable<String> task) throws SwapException {
        try {
            return swapThread.submit(task).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SwapException("the program stops", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SwapException refusal) {
                throw new SwapException(refusal.getMessage(), e);
            }
            if (e.getCause() instanceof IOException failure) {
                throw new SwapException("it cannot be read (" + failure.getMessage() + ")", e);
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
