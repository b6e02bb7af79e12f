package io.github.berrymse.source.uvc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that stands for {@code /sys} and {@code /dev}: cameras are plugged in and pulled out. Confined to one thread. */
final class Sysfs {

    final Path sys;
    final Path dev;

    Sysfs(Path folder) throws IOException {
        this.sys = Files.createDirectories(folder.resolve("sys"));
        this.dev = Files.createDirectories(folder.resolve("dev"));
        Files.createDirectories(sys.resolve("bus/usb/drivers/uvcvideo"));
        Files.createDirectories(sys.resolve("bus/usb/drivers/other"));
        Files.createDirectories(sys.resolve("class/video4linux"));
    }

    Webcams webcams() {
        return new Webcams(sys, dev);
    }

    /** @param usb vendor:product:serial */
    void plug(String port, String usb, String name, byte[] descriptors, int... numbers) throws IOException {
        String[] ids = usb.split(":", -1);
        Path device = Files.createDirectories(sys.resolve("devices/usb1").resolve(port));
        Files.writeString(device.resolve("idVendor"), ids[0] + "\n");
        Files.writeString(device.resolve("idProduct"), ids[1] + "\n");
        if (!ids[2].isEmpty()) {
            Files.writeString(device.resolve("serial"), ids[2] + "\n");
        }
        Files.writeString(device.resolve("product"), name + "\n");
        Files.writeString(device.resolve("bConfigurationValue"), "1\n");
        Files.write(device.resolve("descriptors"), descriptors);
        Path function = device.resolve(port + ":1.0");
        Files.createDirectories(function);
        Files.writeString(function.resolve("bInterfaceNumber"), "00\n");
        if (Files.notExists(function.resolve("driver"))) { // else it was here before
            Files.createSymbolicLink(function.resolve("driver"), sys.resolve("bus/usb/drivers/uvcvideo"));
        }
        for (int i = 0; i < numbers.length; i++) {
            node(function, numbers[i], i);
        }
    }

    /** A video device that is no webcam. */
    void other(int number) throws IOException {
        Path function = Files.createDirectories(sys.resolve("devices/platform/other" + number));
        Files.createSymbolicLink(function.resolve("driver"), sys.resolve("bus/usb/drivers/other"));
        node(function, number, 0);
    }

    private void node(Path function, int number, int index) throws IOException {
        Path node = Files.createDirectories(function.resolve("video4linux/video" + number));
        if (Files.notExists(node.resolve("device"))) {
            Files.createSymbolicLink(node.resolve("device"), function);
        }
        Files.writeString(node.resolve("index"), index + "\n");
        Files.createSymbolicLink(sys.resolve("class/video4linux/video" + number), node);
        Files.createFile(dev.resolve("video" + number));
    }

    void pull(int... numbers) throws IOException {
        for (int number : numbers) {
            Files.delete(sys.resolve("class/video4linux/video" + number));
            Files.delete(dev.resolve("video" + number));
        }
    }
}
