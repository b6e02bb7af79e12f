package io.github.berrymse.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a camera delivers, as it says itself: made by its {@link Capture}. Immutable.
 *
 * @param device the device file, file or pipe in use
 * @param description the camera's own name, for the user
 * @param width pixels; 0 when only the stream tells
 * @param height pixels; 0 when only the stream tells
 * @param framesPerSecond 0 when unknown
 * @param bitrateBps target in bits per second; 0 when unknown
 * @param rotationDegrees how far the camera itself turned the pictures, clockwise: 0, 90, 180 or 270; what is missing
 *     from what was asked, players do
 * @param more what else the camera tells of its settings, in words for the user: {@code profile}, {@code level}, {@code
 *     keyFrameIntervalFrames}, and the controls that were asked for by their names; in an order that suits the user
 * @param remark what differs from what was asked, in words; empty when nothing does
 */
public record CaptureFormat(
        String device,
        String description,
        int width,
        int height,
        double framesPerSecond,
        int bitrateBps,
        int rotationDegrees,
        Map<String, String> more,
        String remark) {

    public CaptureFormat {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** Of a camera that tells no more. */
    public CaptureFormat(
            String device,
            String description,
            int width,
            int height,
            double framesPerSecond,
            int bitrateBps,
            int rotationDegrees,
            String remark) {
        this(device, description, width, height, framesPerSecond, bitrateBps, rotationDegrees, Map.of(), remark);
    }
}
