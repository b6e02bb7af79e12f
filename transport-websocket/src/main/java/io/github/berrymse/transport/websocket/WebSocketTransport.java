package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import io.github.berrymse.api.Transport;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequestListener;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.StatusCode;
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
 * Serves every live stream by WebSocket (RFC 6455). Registers its servlet by hand, so that another name moves the
 * servlet and leaves the open WebSockets alone; immediate for the same reason. Thread-safe.
 */
@Component(immediate = true, configurationPid = WebSocketTransport.PID)
@Designate(ocd = WebSocketConfig.class)
public final class WebSocketTransport implements Transport {
    static final String PID = "io.github.berrymse.transport.websocket";

    private final LiveStreams streams = new LiveStreams();
    private final ViewerServlet servlet;
    private final ScheduledThreadPoolExecutor pinger;
    private final BundleContext context;
    private ServiceRegistration<Servlet> registration;
    private ServiceRegistration<ServletRequestListener> ofQuickStop;
    private ScheduledFuture<?> pinging;
    private volatile WebSocketConfig config;

    @Activate
    public WebSocketTransport(BundleContext context, WebSocketConfig config) {
        this.context = context;
        this.config = config;
        this.servlet = new ViewerServlet(streams);
        this.pinger = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "websocket ping"));
    }

    @Activate
    void start() {
        configure();
        registration = context.registerService(Servlet.class, servlet, servletProperties());
        ofQuickStop = context.registerService(
                ServletRequestListener.class,
                new QuickStop(),
                FrameworkUtil.asDictionary(Map.of(HttpWhiteboardConstants.HTTP_WHITEBOARD_LISTENER, "true")));
    }

    private void configure() {
        Duration idle = Duration.ofSeconds((WebSocketViewer.MISSED_PINGS + 2L) * config.ping_s());
        servlet.configure(new Origins(config.origins()), config.sendBuffer_bytes(), idle);
        if (pinging != null) {
            pinging.cancel(false);
        }
        pinging = pinger.scheduleWithFixedDelay(servlet::ping, config.ping_s(), config.ping_s(), TimeUnit.SECONDS);
    }

    @Modified
    void modified(WebSocketConfig newConfig) {
        config = newConfig;
        configure();
        registration.setProperties(servletProperties());
    }

    @Deactivate
    void stop() {
        pinger.shutdownNow();
        ofQuickStop.unregister();
        registration.unregister();
        boolean isServerStopping = context.getBundle(0).getState() == Bundle.STOPPING;
        servlet.closeAll(
                isServerStopping ? StatusCode.SHUTDOWN : StatusCode.SERVICE_RESTART,
                isServerStopping ? "the server stops" : "service restart");
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
        return "websocket";
    }

    @Override
    public String address(String cameraName) {
        return "/" + config.path() + "/" + cameraName;
    }

    private Dictionary<String, Object> servletProperties() {
        return FrameworkUtil.asDictionary(Map.of(
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME,
                PID,
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
                "/" + config.path() + "/*"));
    }
}
