package io.github.berrymse.hub;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.StreamStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Says what each camera shows at this moment, by its name: whether it {@code isPlaying}, the {@code source} in use, empty for
 * none, how many {@code pictures} the stream has had, and two counters of what is asked of it, which grow with each change of
 * settings, sources or devices: {@code asked} by now, and that for which what plays was {@code chosen}, -1 for none yet. Made
 * of types that everybody knows, because it is asked by the launcher, which is no bundle. Thread-safe.
 */
@Component(property = "berrymse.what=pictures")
public final class Pictures implements Supplier<Map<String, Map<String, Object>>> {
    private final Set<CameraStream> streams = ConcurrentHashMap.newKeySet();

    @Reference(name = "stream", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStream(LiveStream stream) {
        if (stream instanceof CameraStream camera) {
            streams.add(camera);
        }
    }

    void removeStream(LiveStream stream) {
        streams.remove(stream);
    }

    @Override
    public Map<String, Map<String, Object>> get() {
        Map<String, Map<String, Object>> pictures = new HashMap<>();
        for (CameraStream stream : streams) {
            long chosen = stream.chosenRevision(); // before the status: what is chosen by then is in it
            StreamStatus camera = stream.status();
            pictures.put(
                    camera.name(),
                    Map.of(
                            "isPlaying",
                            camera.state().equals("playing") && camera.framesPacked() > 0,
                            "source",
                            camera.source() == null ? "" : camera.source(),
                            "pictures",
                            camera.framesPacked(),
                            "asked",
                            stream.askedRevision(),
                            "chosen",
                            chosen));
        }
        return pictures;
    }
}
