package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which jars took the picture away, across a restart of the program: there is no picture yet at the start by
 * which such a jar could be judged. What is known of {@code NAME.jar} is in {@code NAME.jar.refused} beside it: the jar's
 * CRC-32 and the reason. Confined to the swap thread.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** @param reason one line */
    static void note(Path jar, long checksum, String reason) {
        try {
            Files.writeString(beside(jar), Long.toHexString(checksum) + " " + reason + "\n");
        } catch (IOException e) {
            LOG.warn("{} will be tried again when berrymse is started anew, as {} cannot be written", jar, beside(jar));
        }
    }

    /** Why a jar of this content was refused; empty when it was not. */
    static Optional<String> reason(Path jar, long checksum) {
        try {
            String[] words = Files.readString(beside(jar)).strip().split(" ", 2);
            return words.length == 2 && words[0].equals(Long.toHexString(checksum))
                    ? Optional.of(words[1])
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is none
        }
    }

    static void forget(Path jar) {
        try {
            Files.deleteIfExists(beside(jar));
        } catch (IOException e) {
            LOG.debug("{} stays: {}", beside(jar), e.toString());
        }
    }

    private static Path beside(Path jar) {
        return jar.resolveSibling(jar.getFileName() + ".refused");
    }
}
