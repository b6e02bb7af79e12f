package io.github.berrymse.source.uvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the webcams that are plugged in, in sysfs alone: no device is opened and none wakes up. Device files that belong to
 * the same USB interface are one camera. Thread-safe.
 */
final class Webcams {

    private static final Logger LOG = LoggerFactory.getLogger(Webcams.class);
    private static final String DRIVER = "uvcvideo";

    private final Path dev;
    private final Path videoDevices;

    /**
     * @param sys where sysfs is
     * @param dev where the device files are
     */
    Webcams(Path sys, Path dev) {
        this.dev = dev;
        this.videoDevices = sys.resolve("class/video4linux");
    }

    /** All that are there, that with the device file of the least number first. */
    List<Webcam> all() {
        Map<Path, List<Path>> nodes = new TreeMap<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(videoDevices, "video[0-9]*")) {
            for (Path node : devices) {
                usbInterface(node).ifPresent(function -> nodes.computeIfAbsent(function, f -> new ArrayList<>())
                        .add(dev.resolve(node.getFileName())));
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("no video devices", e);
        }
        List<Webcam> webcams = new ArrayList<>();
        nodes.forEach((function, files) -> webcam(function, files).ifPresent(webcams::add));
        webcams.sort(Comparator.comparingInt(webcam -> number(webcam.nodes().get(0))));
        return webcams;
    }

    /** The one that a device file belongs to, or a link to one. */
    static Optional<Webcam> of(String file, List<Webcam> among) {
        try {
            Path node = real(Path.of(file));
            return among.stream()
                    .filter(webcam ->
                            webcam.nodes().stream().anyMatch(its -> real(its).equals(node)))
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    /** The VideoControl interface behind a device file; empty when that is no webcam's, or has just gone. */
    private static Optional<Path> usbInterface(Path node) {
        try {
            Path function = node.resolve("device").toRealPath();
            return function.resolve("driver").toRealPath().endsWith(DRIVER) ? Optional.of(function) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Webcam> webcam(Path function, List<Path> files) {
        Path device = function.getParent();
        files.sort(Comparator.comparingInt(Webcams::number));
        try {
            if (isGoing(files)) {
                return Optional.empty();
            }
            UsbIdentity usb = new UsbIdentity(
                    text(device.resolve("idVendor")),
                    text(device.resolve("idProduct")),
                    textIfThere(device.resolve("serial")),
                    device.getFileName().toString(),
                    Integer.parseInt(text(function.resolve("bInterfaceNumber")), 16));
            VideoFunction video = VideoFunction.parse(
                    Files.readAllBytes(device.resolve("descriptors")),
                    Integer.parseInt(text(device.resolve("bConfigurationValue"))),
                    usb.interfaceNumber());
            String product = textIfThere(device.resolve("product"));
            return Optional.of(new Webcam(product.isEmpty() ? "webcam" : product, usb, video, List.copyOf(files)));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} has just gone", function, e);
            return Optional.empty();
        }
    }

    /** The first of a camera's device files comes first and usually goes first: without it, what is left goes too. */
    private boolean isGoing(List<Path> files) throws IOException {
        for (Path file : files) {
            if (text(videoDevices.resolve(file.getFileName()).resolve("index")).equals("0")) {
                return false;
            }
        }
        return true;
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .strip(); // whatever the camera's maker wrote
    }

    private static String textIfThere(Path file) throws IOException {
        return Files.exists(file) ? text(file) : "";
    }
}
