package io.github.berrymse.api;

import java.util.Map;

/**
 * What the user asks of one camera. Immutable.
 *
 * @param name the stream's name, part of its address; letters, digits, dash and underscore
 * @param source a source's name, or {@code auto} for the best that accepts
 * @param device a device file or a link to one, a file, a pipe, {@code -} for standard input; {@code auto} for the first
 *     camera that is there; empty: nobody chose one, so the first camera, or else the demo; or whatever a source of
 *     another maker understands
 * @param width pixels, 1 or more
 * @param height pixels, 1 or more
 * @param bitrateBps bits per second; -1 leaves the camera's own
 * @param rotationDegrees clockwise 0, 90, 180 or 270; -1 leaves the camera's own
 * @param framesPerSecond 0 leaves the camera's own
 * @param keyFrameIntervalFrames pictures from one key frame to the next; 0 leaves the camera's own
 * @param profile H.264 profile: baseline, constrained-baseline, main or high; empty leaves the camera's own
 * @param controls V4L2 controls by name, with their values in words; empty for none
 * @param file H.264 file for the file source; empty for none
 * @param framing how a pipe is divided: {@code annexb} or {@code len32}
 * @param more further settings of this camera for sources of other makers, {@code camera.more} by their names; a value
 *     from {@code config.yml} is a String
 */
public record CameraSettings(
        String name,
        String source,
        String device,
        int width,
        int height,
        int bitrateBps,
        int rotationDegrees,
        double framesPerSecond,
        int keyFrameIntervalFrames,
        String profile,
        Map<String, String> controls,
        String file,
        String framing,
        Map<String, Object> more) {

    public CameraSettings {
        controls = Map.copyOf(controls);
        more = Map.copyOf(more);
    }

    /**
     * These settings, but with another's bit rate, rotation, frame rate, key frame interval, profile and controls: what
     * cameras can change live, some more and some less of it.
     */
    public CameraSettings withLiveOf(CameraSettings other) {
        return new CameraSettings(
                name,
                source,
                device,
                width,
                height,
                other.bitrateBps,
                other.rotationDegrees,
                other.framesPerSecond,
                other.keyFrameIntervalFrames,
                other.profile,
                other.controls,
                file,
                framing,
                more);
    }
}
