package io.github.berrymse.source.uvc;

import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;

/**
 * What is asked of a camera's encoder. Immutable.
 *
 * @param size of the H.264 pictures
 * @param rate of the H.264 pictures; unknown leaves the camera's own
 * @param bitrateBps -1 leaves the camera's own
 * @param keyFrameIntervalFrames 0 leaves the camera's own
 * @param profile as {@code camera.profile} names it; empty leaves the camera's own
 * @param isMuxed whether the H.264 comes within the pictures of MJPEG
 */
record EncoderSettings(
        FrameSize size, FrameRate rate, int bitrateBps, int keyFrameIntervalFrames, String profile, boolean isMuxed) {

    /** wProfile (UVC H.264 1.0, table 2): profile_idc and constraint flags; 0 when no profile is asked for. */
    int profileBits() {
        return switch (profile) {
            case "baseline" -> 0x4200;
            case "constrained-baseline" -> 0x4240;
            case "main" -> 0x4D00;
            case "high" -> 0x6400;
            default -> 0;
        };
    }

    /** dwFrameInterval, in units of 100 ns, cut off as cameras do it; 0 when unknown. */
    long frameInterval() {
        return rate.framesPerSecond() > 0 ? (long) (10_000_000 / rate.framesPerSecond()) : 0;
    }
}
