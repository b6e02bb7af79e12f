package io.github.berrymse.source.uvc;

import java.nio.file.Path;
import java.util.List;

/**
 * A USB camera that is plugged in: one video function, which the driver uvcvideo shows as several device files. Immutable.
 *
 * @param name the camera's own
 * @param usb which one it is
 * @param function what its descriptors say
 * @param nodes its device files, in the order of their numbers
 */
record Webcam(String name, UsbIdentity usb, VideoFunction function, List<Path> nodes) {

    static final String MJPG = "MJPG";

    boolean mayGiveH264() {
        return function.hasH264() || function.mayMuxH264();
    }

    /** For the user: name and USB id. */
    @Override
    public String toString() {
        return name + " (" + usb.model() + ")";
    }
}
