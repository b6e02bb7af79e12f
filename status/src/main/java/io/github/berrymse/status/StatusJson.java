package io.github.berrymse.status;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.Transport;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status as JSON (RFC 8259). The library that writes it is loaded when somebody asks, and not before. Thread-safe. */
final class StatusJson {
    private static final Logger LOG = LoggerFactory.getLogger(StatusJson.class);
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create();

    /** The answer. */
    private record Status(String version, List<JsonObject> cameras) {}

    private StatusJson() {}

    /** Every camera's status, and where each transport serves it. */
    static void write(String version, List<LiveStream> streams, List<Transport> transports, Appendable to) {
        List<JsonObject> cameras =
                streams.stream().map(stream -> camera(stream, transports)).toList();
        GSON.toJson(new Status(version, cameras), to);
    }

    private static JsonObject camera(LiveStream stream, List<Transport> transports) {
        JsonObject camera = GSON.toJsonTree(stream.status()).getAsJsonObject();
        JsonObject addresses = new JsonObject();
        transports.forEach(transport -> addAddress(transport, stream.name(), addresses));
        camera.add("addresses", addresses);
        return camera;
    }

    private static void addAddress(Transport transport, String cameraName, JsonObject addresses) {
        try {
            String address = transport.address(cameraName);
            if (address != null) {
                addresses.addProperty(transport.name(), address);
            }
        } catch (RuntimeException | LinkageError e) { // nobody else's status depends on it
            LOG.debug("{} cannot tell its address", transport.getClass().getName(), e);
        }
    }
}
