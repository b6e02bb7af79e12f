package io.github.berrymse.hub;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** One camera: what to open, and what to ask of it. */
@ObjectClassDefinition(
        name = "BerryMSE camera",
        description = "One live stream; a factory configuration for each camera")
public @interface CameraConfig {

    @AttributeDefinition(description = "Name of the stream, the last part of its address")
    String camera_name() default "camera";

    @AttributeDefinition(description = "0 for the first camera, which is also served without its name", min = "0")
    int camera_order() default Integer.MAX_VALUE;

    @AttributeDefinition(description = "A source's name, or auto for the best that accepts the device")
    String source() default "auto";

    @AttributeDefinition(
            description =
                    "Device file such as /dev/video0, auto for the first camera, H.264 file, named pipe, or - for standard"
                            + " input; empty: the first camera, else the demo")
    String device() default "";

    @AttributeDefinition(description = "Width of the picture in pixels, even", min = "16", max = "8192")
    int width() default 1280;

    @AttributeDefinition(description = "Height of the picture in pixels, even", min = "16", max = "8192")
    int height() default 720;

    @AttributeDefinition(description = "Bits per second; -1 leaves the camera's own", min = "-1", max = "1000000000")
    int bitrate() default 1500000;

    @AttributeDefinition(
            description = "Degrees clockwise; -1 leaves the camera's own",
            options = {
                @Option(label = "0", value = "0"),
                @Option(label = "90", value = "90"),
                @Option(label = "180", value = "180"),
                @Option(label = "270", value = "270"),
                @Option(label = "-1", value = "-1")
            })
    int rotation() default 0;

    @AttributeDefinition(description = "Frames per second; 0 leaves the camera's own", min = "0", max = "1000")
    double framerate() default 0;

    @AttributeDefinition(
            description = "Pictures from one key frame to the next; 0 leaves the camera's own",
            min = "0",
            max = "100000")
    int keyframe_interval() default 0;

    @AttributeDefinition(
            description = "H.264 profile; empty leaves the camera's own",
            options = {
                @Option(label = "the camera's own", value = ""),
                @Option(label = "baseline", value = "baseline"),
                @Option(label = "constrained-baseline", value = "constrained-baseline"),
                @Option(label = "main", value = "main"),
                @Option(label = "high", value = "high")
            })
    String profile() default "";

    @AttributeDefinition(description = "H.264 file to play in a loop")
    String file() default "";

    @AttributeDefinition(
            description = "How a pipe is divided: annexb, or len32 for a 32-bit length before each access unit",
            options = {@Option(label = "annexb", value = "annexb"), @Option(label = "len32", value = "len32")})
    String framing() default "annexb";

    @AttributeDefinition(
            description = "Milliseconds that a viewer may fall behind before it skips to a key frame",
            min = "1")
    int lag_ms() default 1000;

    @AttributeDefinition(description = "Bytes that may wait for one viewer before it skips to a key frame", min = "1")
    long lag_bytes() default 8 << 20;

    @AttributeDefinition(
            description =
                    "Symbolic names of transport bundles that are called on the capture thread itself, for the least delay:"
                            + " they must never wait. Others have a thread of their own")
    String[] direct() default {"io.github.berrymse.transport.websocket"};
}
