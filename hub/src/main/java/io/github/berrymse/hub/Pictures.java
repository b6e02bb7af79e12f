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
 * Says which cameras have a picture at this moment: by name the {@code source} in use, how many {@code pictures} the stream
 * has had, and whether it {@code isChoosing}, so that it may be another source's next. Made of types that everybody knows,
 * because it is asked by the launcher, which is no bundle. Thread-safe.
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
            boolean isChoosing = stream.isChoosing(); // before the status: what is chosen by then is in it
            StreamStatus camera = stream.status();
            if (camera.state().equals("playing") && camera.framesPacked() > 0) {
                pictures.put(
                        camera.name(),
                        Map.of("source", camera.source(), "pictures", camera.framesPacked(), "isChoosing", isChoosing));
            }
        }
        return pictures;
    }
}
