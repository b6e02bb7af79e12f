package io.github.berrymse.transport.hls;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import io.github.berrymse.api.Transport;
import jakarta.servlet.Servlet;
import java.util.Map;
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
 * Serves every live stream as low-latency HLS (draft-pantos-hls-rfc8216bis). Immediate, because it registers its servlet by
 * hand: after the streams are ready, and until just before they end. Thread-safe.
 */
@Component(immediate = true, configurationPid = HlsTransport.PID)
@Designate(ocd = HlsConfig.class)
public final class HlsTransport implements Transport {
    static final String PID = "io.github.berrymse.transport.hls";
    private static final String PATH = "/hls/";

    private final LiveStreams cameras = new LiveStreams();
    private final HlsStreams streams = new HlsStreams();
    private final BundleContext context;
    private ServiceRegistration<Servlet> registration;

    @Activate
    public HlsTransport(BundleContext context, HlsConfig config) {
        this.context = context;
        modified(config);
    }

    @Activate
    void start() {
        registration = context.registerService(
                Servlet.class,
                new HlsServlet(cameras, streams),
                FrameworkUtil.asDictionary(Map.of(
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME,
                        PID,
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
                        PATH + "*",
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED,
                        true)));
    }

    @Modified
    void modified(HlsConfig config) {
        streams.configure(Limits.of(config));
    }

    @Deactivate
    void stop() {
        registration.unregister();
        streams.close();
    }

    @Reference(
            name = "stream",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "addStream")
    void addStream(LiveStream stream, Map<String, Object> properties) {
        cameras.add(stream, properties);
    }

    void removeStream(LiveStream stream) {
        cameras.remove(stream);
    }

    @Override
    public String name() {
        return "hls";
    }

    @Override
    public String address(String cameraName) {
        return PATH + cameraName + "/index.m3u8";
    }
}
