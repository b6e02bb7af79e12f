package io.github.berrymse.v4l2;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What went wrong with a device, in one sentence for the user with what to do about it. Thread-safe. */
public final class Sentences {

    private Sentences() {}

    /** A device file that is not there. */
    public static String absent(String device) {
        List<String> others = new ArrayList<>();
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(Path.of("/dev"), "video[0-9]*")) {
            nodes.forEach(node -> others.add(node.toString()));
        } catch (IOException | DirectoryIteratorException ignored) {
            // no folder, no others
        }
        others.sort((a, b) -> a.length() != b.length() ? a.length() - b.length() : a.compareTo(b));
        return device + " is not there: connect the camera"
                + (others.isEmpty() ? "" : ", or name another with -d (there are " + String.join(", ", others) + ")");
    }

    /** A device that could not be opened or started. */
    public static String notOpened(String device, LinuxException e) {
        return switch (e.errno()) {
            case ENOENT -> absent(device);
            case EACCES, EPERM -> notPermitted(device, e);
            case EBUSY -> device + " is in use, stop the other program: " + e.getMessage();
            case ENODEV, ENXIO -> device + " is there but its camera is not (" + e.getMessage() + "): reconnect it";
            case EIO, EPROTO, ETIMEDOUT, ESHUTDOWN -> device + " does not answer (" + e.getMessage()
                    + "): reconnect it";
            case ENOSPC -> device + " does not get enough of its USB bus (" + e.getMessage()
                    + "): ask for smaller or fewer pictures, or connect it to another bus";
            case ENOTTY, EISDIR, ENOTDIR -> device + " is no video device (" + e.getMessage()
                    + "): name one such as /dev/video0 with -d";
            case ENOMEM -> device + " gets no memory for its buffers (" + e.getMessage()
                    + "): ask for smaller pictures, or give the camera more memory (gpu_mem, cma)";
            default -> device + " could not be started: " + e.getMessage();
        };
    }

    /** A device that failed while it streamed. */
    public static String ended(String device, LinuxException e) {
        return switch (e.errno()) {
            case ENODEV, ENXIO -> device + " was unplugged (" + e.getMessage() + "): connect it again";
            case EPIPE -> device + " has ended its stream (" + e.getMessage() + "): it is opened anew";
            default -> device + " failed while streaming (" + e.getMessage() + "): it is opened anew";
        };
    }

    /** JNA cannot be used here. */
    public static String noNativeCode(String device, LinkageError e) {
        return device + " cannot be opened, as JNA's native library does not load (" + e.getMessage()
                + "): let the temporary folder be writable and not mounted noexec";
    }

    private static String notPermitted(String device, LinuxException e) {
        String user = System.getProperty("user.name");
        String group = "video";
        try {
            group = Files.getAttribute(Path.of(device), "posix:group").toString();
        } catch (IOException ignored) {
            // then the usual one
        }
        return device + " may not be opened by user " + user + " (" + e.getMessage() + "): run \"sudo usermod -aG "
                + group + " " + user + "\" and log in again";
    }
}
