package io.github.berrymse.transport.hls;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long parts and segments are, and how many of them are kept. */
@ObjectClassDefinition(name = "BerryMSE HLS", description = "Low-latency HLS for many viewers")
public @interface HlsConfig {

    @AttributeDefinition(
            description =
                    "Milliseconds of a part; longer where one picture lasts longer. Viewers are three parts behind",
            min = "100",
            max = "1000")
    int part_ms() default 340;

    @AttributeDefinition(
            description =
                    "Seconds of the target duration; longer where key frames are farther apart. Viewers that do not"
                            + " know parts are three of them behind",
            min = "1",
            max = "30")
    int target_s() default 2;

    @AttributeDefinition(
            description =
                    "Seconds of the longest target duration; where key frames are still farther apart, segments begin"
                            + " without one",
            min = "1",
            max = "30")
    int target_longest_s() default 10;

    @AttributeDefinition(
            description = "Target durations that a playlist goes back; more lets viewers rewind, and costs memory",
            min = "4",
            max = "100")
    int window_targets() default 6;

    @AttributeDefinition(
            description =
                    "Bytes kept for all cameras together: beyond its share of them, a camera's oldest segments go early",
            min = "1048576")
    long window_bytes() default 16 << 20;

    @AttributeDefinition(
            description = "Seconds without any request after which a camera is not packed for HLS any more",
            min = "1",
            max = "3600")
    int idle_s() default 30;
}
