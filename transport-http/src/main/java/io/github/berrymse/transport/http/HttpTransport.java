package io.github.berrymse.transport.http;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import io.github.berrymse.api.Transport;
import jakarta.servlet.Servlet;
import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/**
 * Serves every live stream as fragmented MP4 over plain HTTP. Registers its servlet by hand, so that another path moves
 * the servlet and leaves the open responses alone; immediate for the same reason. Thread-safe.
 */
@Component(immediate = true, configurationPid = HttpTransport.PID)
@Designate(ocd = HttpConfig.class)
public final class HttpTransport implements Transport {
    static final String PID = "io.github.berrymse.transport.http";

    private final LiveStreams streams = new LiveStreams();
    private final StreamServlet servlet = new StreamServlet(streams);
    private final BundleContext context;
    private ServiceRegistration<Servlet> registration;
    private volatile HttpConfig config;

    @Activate
    public HttpTransport(BundleContext context, HttpConfig config) {
        this.context = context;
        this.config = config;
    }

    @Activate
    void start() {
        registration = context.registerService(Servlet.class, servlet, servletProperties());
    }

    @Modified
    void modified(HttpConfig newConfig) {
        config = newConfig;
        registration.setProperties(servletProperties());
    }

    @Deactivate
    void stop() {
        registration.unregister();
        boolean isServerStopping = context.getBundle(0).getState() == Bundle.STOPPING;
        servlet.stop(isServerStopping ? "the server stops" : "service restart");
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

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String address(String cameraName) {
        return "/" + config.path() + "/" + cameraName + ".mp4";
    }

    private Dictionary<String, Object> servletProperties() {
        return FrameworkUtil.asDictionary(Map.of(
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME,
                PID,
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED,
                true,
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
                new String[] {"/" + config.path() + "/*", "/" + config.path() + ".mp4"}));
    }
}
