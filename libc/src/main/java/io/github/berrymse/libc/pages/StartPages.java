package io.github.berrymse.libc.pages;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.github.berrymse.libc.LibC;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back, some time after the start, the memory that shows what is in the JVM's files: its code, the modules of Java,
 * and the classes that it has ready. The start goes through nearly all of them, some 35 MB. What runs afterwards takes again
 * what it needs, little more than half, as long as memory is not short from the system's cache of files: a page fault for
 * each 64 kB. Only these files are touched, as the JVM maps them once and for good, and of them only what was not written
 * to. Its {@link #run} is the thread {@code pages}, which ends with that. Thread-safe.
 */
@Component(service = {})
public final class StartPages implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StartPages.class);
    private static final long AFTER_MS = 15_000;
    private static final Path SMAPS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;

    /** Where a mapping begins and ends, in proc(5). */
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ");

    /** The rest of that line when it is a file of the JVM's that cannot be written to there. */
    private static final Pattern OF_JVM =
            Pattern.compile("r-[-x][ps] \\S+ \\S+ [0-9]+ +/.*(/libjvm\\.so|/modules|\\.jsa)", Pattern.DOTALL);

    /** What a mapping has of its own; the file does not have that. */
    private static final Pattern ITS_OWN =
            Pattern.compile("(Private_Dirty|Anonymous|Swap|Private_Hugetlb): +[1-9][0-9]* kB");

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
            Thread.sleep(Long.getLong("berrymse.pages.afterMs", AFTER_MS));
            for (Range range : unchanged(Files.readAllLines(SMAPS, StandardCharsets.ISO_8859_1))) {
                LibC.madvise(new Pointer(range.address), new NativeLong(range.length), MADV_DONTNEED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the bundle stops
        } catch (ClosedByInterruptException e) {
            LOG.debug("the bundle stops", e);
        } catch (IOException | LinkageError e) {
            LOG.debug("the memory of the start is kept", e);
        }
    }

    /**
     * The mappings of the JVM's files that are as the files are.
     *
     * @param smaps as proc(5) has them: a line for each mapping, and then what is to be said of it
     */
    static List<Range> unchanged(List<String> smaps) {
        List<Range> ranges = new ArrayList<>();
        boolean isTaken = false;
        for (String line : smaps) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.lookingAt()) {
                isTaken = OF_JVM.matcher(line)
                        .region(mapping.end(), line.length())
                        .matches();
                if (isTaken) {
                    ranges.add(range(mapping));
                }
            } else if (isTaken && ITS_OWN.matcher(line).matches()) {
                ranges.remove(ranges.size() - 1);
                isTaken = false;
            }
        }
        return ranges;
    }

    private static Range range(Matcher mapping) {
        long address = Long.parseUnsignedLong(mapping.group(1), 16);
        return new Range(address, Long.parseUnsignedLong(mapping.group(2), 16) - address);
    }

    @Deactivate
    void close() {
        thread.interrupt();
    }
}
