package io.github.berrymse.api;

import java.util.List;

/**
 * What one camera does, in words and figures: made by the hub. Immutable.
 *
 * @param name the camera's name
 * @param state {@code starting}, {@code playing}, {@code waiting} (no source, or it failed) or {@code stalled} (open, but
 *     no picture comes)
 * @param reason why it is in this state, one sentence
 * @param source the name of the source in use, or null
 * @param asked what the settings ask for
 * @param applied what the camera says it delivers, or null
 * @param codec the stream's RFC 6381 codec string, or null before the first picture
 * @param width of the pictures, 0 before the first
 * @param height of the pictures, 0 before the first
 * @param framesPerSecond measured over the last two seconds or so
 * @param bitrateBps measured over the same time
 * @param keyFrameIntervalMs media time between the last two sync samples, 0 when there were not two
 * @param framesIn access units since the stream's start
 * @param framesPacked those of them that became a media segment
 * @param framesSent media segments sent to all viewers since the stream's start
 * @param framesDropped fragments that viewers were too slow for
 * @param framesLost access units that the camera lost, or that refer to one that was lost
 * @param malformedNalUnits NAL units dropped as malformed
 * @param viewers who is watching
 */
public record StreamStatus(
        String name,
        String state,
        String reason,
        String source,
        CameraSettings asked,
        CaptureFormat applied,
        String codec,
        int width,
        int height,
        double framesPerSecond,
        long bitrateBps,
        long keyFrameIntervalMs,
        long framesIn,
        long framesPacked,
        long framesSent,
        long framesDropped,
        long framesLost,
        long malformedNalUnits,
        List<ViewerStatus> viewers) {

    public StreamStatus {
        viewers = List.copyOf(viewers);
    }
}
