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
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
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
    private static final long WATCH_MS = 1000;

    private final BundleContext context;

    /** Called before another version of a bundle can start, whose viewers are not to be taken for those of the last. */
    private final SynchronousBundleListener bundles = this::bundleChanged;

    private final Deliveries deliveries;
    private final Audience audience;
    private final StreamMeter meter = new StreamMeter();
    private final Wishes wishes;
    private final Sources sources;
    private final ScheduledThreadPoolExecutor watch;
    private final CaptureThread capture;

    @Activate
    public CameraStream(BundleContext context, CameraConfig config, Map<String, Object> properties) {
        CameraSettings settings = settings(config, properties);
        SettingsCheck.wrong(settings).ifPresent(wrong -> {
            throw new IllegalArgumentException("a camera's configuration has " + wrong);
        });
        this.context = context;
        deliveries = new Deliveries(settings.name(), Set.of(config.direct()));
        audience = new Audience(settings.name(), limits(config), deliveries);
        wishes = new Wishes(settings);
        sources = new Sources(settings.name(), wishes::sourcesChanged);
        capture = new CaptureThread(wishes, sources, new Packing(audience, meter), audience);
        watch = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "watch " + settings.name()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Activate
    void start() {
        capture.start();
        context.addBundleListener(bundles);
        watch.scheduleWithFixedDelay(this::watch, WATCH_MS, WATCH_MS, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        try {
            audience.look(System.nanoTime());
            capture.look(System.nanoTime());
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: {}", name(), e.toString(), e);
        }
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED) {
            audience.stopped(event.getBundle());
        }
    }

    @Modified
    void modified(CameraConfig config, Map<String, Object> properties) {
        CameraSettings settings = settings(config, properties);
        audience.limit(limits(config));
        deliveries.trust(Set.of(config.direct()));
        SettingsCheck.wrong(settings)
                .ifPresentOrElse(
                        wrong -> LOG.warn("{}: its settings stay as they are, as the new ones have {}", name(), wrong),
                        () -> wishes.change(settings));
    }

    @Deactivate
    void stop() {
        watch.shutdownNow();
        context.removeBundleListener(bundles);
        capture.stop();
        audience.end("the camera " + name() + " is gone");
    }

    @Reference(
            name = "source",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSource(VideoSource source) {
        sources.add(source);
    }

    void removeSource(VideoSource source) {
        sources.remove(source);
        capture.release(source);
    }

    @Reference(
            name = "codec",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCodec(Codec codec) {
        capture.packing().use(codec);
    }

    void unsetCodec(Codec codec) {
        capture.packing().forget(codec);
    }

    /** Grows with each change of settings, sources or devices. */
    long askedRevision() {
        return wishes.now().revision();
    }

    /** The {@link #askedRevision} for which what plays was chosen; -1 before that, and for a codec that is to be used yet. */
    long chosenRevision() {
        return capture.packing().isToBeRenewed() ? -1 : capture.loop().chosenRevision();
    }

    @Override
    public String name() {
        return wishes.settings().name();
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        return audience.join(subscriber);
    }

    @Override
    public StreamStatus status() {
        CameraState state = capture.loop().state();
        Packing packing = capture.packing();
        String trouble = packing.trouble();
        InitializationSegment init = meter.init();
        return new StreamStatus(
                name(),
                trouble == null ? state.name() : "waiting",
                trouble == null ? state.reason() : trouble,
                state.source(),
                wishes.settings(),
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
