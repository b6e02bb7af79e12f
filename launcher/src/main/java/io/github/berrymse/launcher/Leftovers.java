package io.github.berrymse.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The temporary state folders of programs that were killed: the next program deletes them. Confined to the main thread. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String OWNER_AND_MODE = "unix:uid,mode";

    private Leftovers() {}

    /**
     * Deletes what lies beside a folder and nobody holds any more.
     *
     * @param own a temporary state folder, absolute
     */
    static void delete(Path own) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(own.getParent(), StateFolder.TEMPORARY + "*")) {
            Map<String, Object> attributes = attributes(own);
            for (Path folder : folders) {
                if (!folder.equals(own) && attributes(folder).equals(attributes)) {
                    deleteUnlessHeld(folder);
                }
            }
        } catch (IOException | RuntimeException e) { // it must not end the program that serves
            LOG.debug("what is left over stays: {}", e.toString());
        }
    }

    /** Owner, type and permissions. Where another user can put something it is not looked into. */
    private static Map<String, Object> attributes(Path folder) {
        try {
            return Files.readAttributes(folder, OWNER_AND_MODE, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return Map.of(); // it has just gone
        }
    }

    private static void deleteUnlessHeld(Path folder) {
        StateFolder left = StateFolder.takeOver(folder);
        if (left != null) {
            left.close();
            if (Files.notExists(folder)) {
                LOG.info("{} is deleted: a program that was killed had left it", folder);
            }
        }
    }
}
