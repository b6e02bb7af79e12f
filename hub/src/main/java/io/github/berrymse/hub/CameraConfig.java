package io.github.berrymse.hub;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One camera: what to open, and what to ask of it. */
@ObjectClassDefinition(
        name = "BerryMSE camera",
        description = "One live stream; a factory configuration for each camera")
public @interface CameraConfig {

    @AttributeDefinition(description = "Name of the stream and last part of its address")
    String camera_name() default "camera";

    @AttributeDefinition(description = "0 for the first camera, which is also served without its name", min = "0")
    int camera_order() default Integer.MAX_VALUE;

    @AttributeDefinition(description = "A source's name, or auto for the best that accepts the device")
    String source() default "auto";

    @AttributeDefinition(
            description =
                    "Device file or a link to one, auto for the first camera, file, named pipe, or - for standard input; empty:"
                            + " the first camera, else the demo")
    String device() default "";

    @AttributeDefinition(description = "Width in pixels", min = "1")
    int width() default 1280;

    @AttributeDefinition(description = "Height in pixels", min = "1")
    int height() default 720;

    @AttributeDefinition(description = "Bits per second; -1 leaves the camera's own", min = "-1")
    int bitrate() default 1500000;

    @AttributeDefinition(description = "Degrees clockwise: 0, 90, 180 or 270; -1 leaves the camera's own")
    int rotation() default 0;

    @AttributeDefinition(description = "Frames per second; 0 leaves the camera's own", min = "0")
    double framerate() default 0;

    @AttributeDefinition(description = "Pictures from one key frame to the next; 0 leaves the camera's own", min = "0")
    int keyframe_interval() default 0;

    @AttributeDefinition(
            description = "H.264 profile: baseline, constrained-baseline, main or high; empty leaves the camera's own")
    String profile() default "";

    @AttributeDefinition(description = "H.264 file that the file source plays in a loop; empty for none")
    String file() default "";

    @AttributeDefinition(
            description = "How a pipe is divided: annexb, or len32 for a 32-bit length before each access unit")
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
