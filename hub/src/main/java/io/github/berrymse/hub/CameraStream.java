package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Codec;
import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.StreamStatus;
import io.github.berrymse.api.Subscriber;
import io.github.berrymse.api.Subscription;
import io.github.berrymse.api.VideoSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live stream of one configured camera: one instance for each factory configuration. Immediate, because the camera
 * runs whether or not a transport is there at the moment. Thread-safe.
 */
@Component(
        service = LiveStream.class,
        immediate = true,
        configurationPid = CameraStream.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CameraConfig.class, factory = true)
public final class CameraStream implements LiveStream {
    static final String PID = "io.github.berrymse.hub";
    private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);
    private static final long RELEASE_MS = 3000;

    private final Audience audience;
    private final StreamMeter meter = new StreamMeter();
    private final Packing packing;
    private final Sources sources = new Sources();
    private final Map<VideoSource, AutoCloseable> watches = new ConcurrentHashMap<>();
    private final CaptureLoop loop;
    private final Thread thread;

    @Activate
    public CameraStream(CameraConfig config, Map<String, Object> properties) {
        CameraSettings settings = settings(config, properties);
        audience = new Audience(settings.name(), limits(config));
        packing = new Packing(audience, meter);
        loop = new CaptureLoop(settings, sources, packing, audience);
        thread = new Thread(loop, "capture " + settings.name());
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    @Activate
    void start() {
        thread.start();
    }

    @Modified
    void modified(CameraConfig config, Map<String, Object> properties) {
        CameraSettings settings = settings(config, properties);
        audience.limit(limits(config));
        if (!settings.equals(loop.settings())) {
            loop.change(settings);
        }
    }

    @Deactivate
    void stop() {
        loop.stop();
        try {
            thread.join(RELEASE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        audience.end("the camera " + name() + " is gone");
    }

    @Reference(
            name = "source",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSource(VideoSource source) {
        sources.add(source);
        loop.lookAgain();
        watches.put(source, source.watch(loop::lookAgain));
    }

    void removeSource(VideoSource source) {
        sources.remove(source);
        unwatch(source);
        if (!loop.release(source, RELEASE_MS)) {
            LOG.warn("{}: source {} did not close its camera within {} ms", name(), source.name(), RELEASE_MS);
        }
    }

    private void unwatch(VideoSource source) {
        try {
            watches.remove(source).close();
        } catch (Exception e) {
            LOG.debug("{}: source {} could not be unwatched", name(), source.name(), e);
        }
    }

    @Reference(
            name = "codec",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCodec(Codec codec) {
        packing.use(codec);
    }

    void unsetCodec(Codec codec) {
        packing.forget(codec);
    }

    @Override
    public String name() {
        return loop.settings().name();
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        return audience.join(subscriber);
    }

    @Override
    public StreamStatus status() {
        CameraState state = loop.state();
        InitializationSegment init = meter.init();
        return new StreamStatus(
                name(),
                packing.hasCodec() ? state.name() : "waiting",
                packing.hasCodec() ? state.reason() : "no codec bundle is installed",
                state.source(),
                loop.settings(),
                state.applied(),
                init == null ? null : init.codec(),
                init == null ? 0 : init.width(),
                init == null ? 0 : init.height(),
                meter.framesPerSecond(),
                meter.bitrateBps(),
                meter.keyFrameIntervalMs(),
                packing.framesIn(),
                packing.framesPacked(),
                audience.framesSent(),
                audience.framesDropped(),
                packing.framesLost(),
                packing.malformedNalUnits(),
                audience.viewers());
    }

    /** The settings that a configuration makes; what it does not name goes on to the sources as it is. */
    private static Viewer.Limits limits(CameraConfig config) {
        return new Viewer.Limits(config.lag_ms() * 1_000_000L, config.lag_bytes());
    }

    private static CameraSettings settings(CameraConfig config, Map<String, Object> properties) {
        return new CameraSettings(
                config.camera_name(),
                config.source(),
                config.device(),
                config.width(),
                config.height(),
                config.bitrate(),
                config.rotation(),
                config.framerate(),
                config.keyframe_interval(),
                config.profile(),
                under("control.", properties, String::valueOf),
                config.file(),
                config.framing(),
                under("more.", properties, value -> value));
    }

    /** The properties whose names begin so, by the rest of the name. */
    private static <T> Map<String, T> under(String prefix, Map<String, Object> properties, Function<Object, T> value) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        property -> property.getKey().substring(prefix.length()),
                        property -> value.apply(property.getValue())));
    }
}
