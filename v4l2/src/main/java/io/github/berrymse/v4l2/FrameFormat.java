package io.github.berrymse.v4l2;

/**
 * What a device is set to deliver (struct v4l2_pix_format). Immutable.
 *
 * @param fourcc the pixel format's four letters
 * @param width pixels
 * @param height pixels
 * @param bufferSize bytes that a frame needs at most
 */
public record FrameFormat(String fourcc, int width, int height, int bufferSize) {}
