package io.github.berrymse.transport.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the streams are. */
@ObjectClassDefinition(name = "BerryMSE HTTP", description = "Fragmented MP4 over plain HTTP")
public @interface HttpConfig {

    @AttributeDefinition(
            description = "Folder of the streams: each is at /PATH/CAMERA.mp4, the first also at /PATH.mp4")
    String path() default "stream";
}
