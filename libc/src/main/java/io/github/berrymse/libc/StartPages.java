package io.github.berrymse.libc;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back, once the program has started, the memory that shows what is in files: the JVM's code, and classes that it has
 * ready. The start goes through nearly all of that, some 35 MB; what runs afterwards needs little more than half of it and
 * finds it again in the system's cache of files, a page fault for each 64 kB. Nothing else is touched: what was written to
 * stays. Its {@link #run} is the thread {@code pages}, which ends with that.
 */
@Component(service = {})
public final class StartPages implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StartPages.class);
    private static final long AFTER_MS = TimeUnit.SECONDS.toMillis(15);
    private static final Path SMAPS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;

    /** A mapping of a file that cannot be written to, in proc(5). */
    private static final Pattern MAPPING =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r-[-x][ps] \\S+ \\S+ [1-9][0-9]* +/.*");

    private static final Pattern ANY_MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*");

    /** What a mapping has of its own; the file does not have that. */
    private static final Pattern ITS_OWN = Pattern.compile("(Private_Dirty|Anonymous|Swap): +[1-9][0-9]* kB");

    private final Thread thread = new Thread(this, "pages");

    /** A part of the memory. @param length in bytes */
    record Range(long address, long length) {}

    @Activate
    public StartPages() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            Thread.sleep(AFTER_MS);
            List<Range> unchanged = unchanged(Files.readAllLines(SMAPS));
            unchanged.forEach(
                    range -> LibC.madvise(new Pointer(range.address), new NativeLong(range.length), MADV_DONTNEED));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the program stops
        } catch (IOException e) {
            LOG.debug("the memory of the start is kept", e);
        }
    }

    /**
     * The mappings of files that are as the files are.
     *
     * @param smaps as proc(5) has them: a line for each mapping, and then what is to be said of it
     */
    static List<Range> unchanged(List<String> smaps) {
        List<Range> ranges = new ArrayList<>();
        Range range = null;
        for (String line : smaps) {
            if (ANY_MAPPING.matcher(line).matches()) {
                add(range, ranges);
                range = range(line);
            } else if (ITS_OWN.matcher(line).matches()) {
                range = null;
            }
        }
        add(range, ranges);
        return ranges;
    }

    private static void add(Range range, List<Range> ranges) {
        if (range != null) {
            ranges.add(range);
        }
    }

    private static Range range(String line) {
        Matcher mapping = MAPPING.matcher(line);
        if (!mapping.matches()) {
            return null;
        }
        long address = Long.parseUnsignedLong(mapping.group(1), 16);
        return new Range(address, Long.parseUnsignedLong(mapping.group(2), 16) - address);
    }

    @Deactivate
    void close() {
        thread.interrupt();
    }
}
