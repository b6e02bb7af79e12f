package io.github.berrymse.transport.websocket;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the WebSockets are, and how much patience they have. */
@ObjectClassDefinition(name = "BerryMSE WebSocket", description = "One viewer per WebSocket")
public @interface WebSocketConfig {

    @AttributeDefinition(description = "Name of the WebSocket: the first camera is at /NAME, each at /NAME/CAMERA")
    String path() default "video_websocket";

    @AttributeDefinition(description = "Seconds between pings; a viewer that misses three is closed", min = "1")
    int ping_s() default 10;

    @AttributeDefinition(
            description = "Bytes that the kernel may hold for one viewer: more hides longer that it has fallen behind",
            min = "4096")
    int sendBuffer_bytes() default 131072;

    @AttributeDefinition(
            description =
                    "Origins whose pages may watch, such as https://example.org, beside the server's own pages and"
                            + " what is no browser; * for any. Others get status 403. Who watches already stays")
    String[] origins() default "*";
}
