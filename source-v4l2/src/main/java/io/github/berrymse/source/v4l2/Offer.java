package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.Capability;
import io.github.berrymse.v4l2.PixelFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a device file offers, and whether that is H.264 from a camera. Immutable.
 *
 * @param device the device file
 * @param capability who it is
 * @param formats what it captures
 */
record Offer(String device, Capability capability, List<PixelFormat> formats) {

    private static final int FORMATS_TOLD = 6;
    private static final String PIPE =
            "use rpicam-vid and a pipe: rpicam-vid -t 0 -n --codec h264 --inline --flush -o - | berrymse -d -"
                    + " (on a Raspberry Pi 5 with --codec libav --libav-format h264 --low-latency)";

    boolean isFit() {
        return objection().isEmpty();
    }

    /** Who it is, for the user: card and driver. */
    String card() {
        return capability.card() + " (driver " + capability.driver() + ")";
    }

    /** Why it cannot be used, one sentence with what to do instead; empty when it can. */
    String objection() {
        if (isPiPipelineNode()) {
            return device + " is " + card() + ", one stage of the Raspberry Pi's camera pipeline and not a camera: "
                    + PIPE;
        }
        if (isRawSensor()) {
            return device + " is " + card() + ", a raw sensor without an encoder: " + PIPE;
        }
        if (!capability.isCapture()) {
            return device + " is " + card() + whyNoCapture();
        }
        if (!capability.isStreaming()) {
            return device + " is " + card() + ", whose driver cannot stream from mapped buffers: use another camera";
        }
        return formats.stream().anyMatch(f -> f.fourcc().equals(PixelFormat.H264)) ? "" : noH264();
    }

    private String whyNoCapture() {
        if (capability.driver().startsWith("v4l2 loopback")) {
            return ", which nobody feeds: start what feeds it";
        }
        if (capability.isMemoryToMemory()) {
            return ", a codec or converter and not a camera: name the camera's device with -d";
        }
        return capability.isMultiPlanarCapture()
                ? ", which captures into several planes only: use a camera with single-planar H.264"
                : ", which captures no video: name the camera's device with -d";
    }

    private boolean isPiPipelineNode() {
        String names = capability.driver() + " " + capability.card();
        return names.contains("bcm2835-codec") || names.contains("bcm2835-isp") || names.contains("pispbe");
    }

    private boolean isRawSensor() {
        return capability.driver().equals("unicam") || capability.driver().equals("rp1-cfe");
    }

    private String noH264() {
        String told =
                formats.stream().limit(FORMATS_TOLD).map(PixelFormat::fourcc).collect(Collectors.joining(", "));
        String given = formats.isEmpty() ? "nothing" : formats.size() > FORMATS_TOLD ? told + " and more" : told;
        return device + " is " + card() + " and gives " + given + ", no H.264: use a camera that encodes H.264 itself";
    }
}
