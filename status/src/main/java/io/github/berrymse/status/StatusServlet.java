package io.github.berrymse.status;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import io.github.berrymse.api.Transport;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/status}: every camera in words and figures, as JSON (RFC 8259). Thread-safe. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/status")
public final class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final Logger LOG = LoggerFactory.getLogger(StatusServlet.class);

    /** The answer. */
    private record Status(String version, List<JsonObject> cameras) {}

    private final transient Gson gson = new GsonBuilder()
            .serializeNulls()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create();
    private final transient LiveStreams streams = new LiveStreams();
    private final transient List<Transport> transports = new CopyOnWriteArrayList<>();
    private final String version;

    @Activate
    public StatusServlet(BundleContext context) {
        Version bundle = context.getBundle().getVersion();
        version = bundle.getMajor() + "." + bundle.getMinor() + "." + bundle.getMicro();
    }

    @Reference(
            name = "stream",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "addStream")
    void addStream(LiveStream stream, Map<String, Object> properties) {
        streams.add(stream, properties);
    }

    void removeStream(LiveStream stream) {
        streams.remove(stream);
    }

    @Reference(name = "transport", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        transports.add(transport);
    }

    void removeTransport(Transport transport) {
        transports.remove(transport);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Access-Control-Allow-Origin", "*");
        List<JsonObject> cameras = streams.inOrder().stream().map(this::camera).toList();
        gson.toJson(new Status(version, cameras), response.getWriter());
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Allow", METHODS);
    }

    /** Refused: HttpServlet would send the request back with its headers (RFC 9110 9.3.8). */
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", METHODS);
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    /** The stream's status, and where each transport serves it. */
    private JsonObject camera(LiveStream stream) {
        JsonObject camera = gson.toJsonTree(stream.status()).getAsJsonObject();
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
