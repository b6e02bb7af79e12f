package io.github.berrymse.source.uvc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link KnownWebcams} knows, as a file of {@link Properties} that outlives this bundle's being replaced: keys are a
 * stream's name, which has no dot, a dot and a word. A file that cannot be read holds nothing. Confined to one thread at a
 * time.
 */
final class KnownFile {

    private static final Logger LOG = LoggerFactory.getLogger(KnownFile.class);
    private static final String DEVICE = ".device";

    private final Path file;

    KnownFile(Path file) {
        this.file = file;
    }

    /** @param life of the streams that are read of: whether they have not ended */
    Map<String, Known> read(BooleanSupplier life) {
        Properties properties = new Properties();
        Map<String, Known> known = new HashMap<>();
        if (Files.notExists(file)) {
            return known;
        }
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
            for (String key : properties.stringPropertyNames()) {
                if (key.endsWith(DEVICE)) {
                    String stream = key.substring(0, key.length() - DEVICE.length());
                    Webcam webcam = webcam(properties, stream);
                    known.put(stream, new Known(properties.getProperty(key), webcam, life, false));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} is not used", file, e);
        }
        return known;
    }

    private static Webcam webcam(Properties properties, String stream) {
        UsbIdentity usb = new UsbIdentity(
                properties.getProperty(stream + ".vendor", ""),
                properties.getProperty(stream + ".product", ""),
                properties.getProperty(stream + ".serial", ""),
                properties.getProperty(stream + ".port", ""),
                Integer.parseInt(properties.getProperty(stream + ".interface")));
        String name = properties.getProperty(stream + ".name", "");
        return new Webcam(name, usb, new VideoFunction(List.of(), 0, 0), List.of());
    }

    /** Of those whose stream has not ended. */
    void write(Map<String, Known> known) {
        Properties properties = new Properties();
        known.forEach((stream, its) -> {
            if (its.isStreamThere()) {
                put(properties, stream, its);
            }
        });
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (OutputStream out = Files.newOutputStream(written)) {
                properties.store(out, null);
            }
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} is not written", file, e);
        }
    }

    private static void put(Properties properties, String stream, Known its) {
        UsbIdentity usb = its.webcam().usb();
        properties.setProperty(stream + DEVICE, its.device());
        properties.setProperty(stream + ".name", its.webcam().name());
        properties.setProperty(stream + ".vendor", usb.vendor());
        properties.setProperty(stream + ".product", usb.product());
        properties.setProperty(stream + ".serial", usb.serial());
        properties.setProperty(stream + ".port", usb.port());
        properties.setProperty(stream + ".interface", Integer.toString(usb.interfaceNumber()));
    }
}
