package io.github.berrymse.status;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.StreamStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Says which cameras have a picture at this moment: by name the source in use, and how many pictures the stream has had.
 * Made of types that everybody knows, because it is also asked by the launcher, which is no bundle. Thread-safe.
 */
@Component(property = "berrymse.what=pictures")
public final class Pictures implements Supplier<Map<String, Map.Entry<String, Long>>> {
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

    @Reference(name = "stream", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStream(LiveStream stream) {
        streams.add(stream);
    }

    void removeStream(LiveStream stream) {
        streams.remove(stream);
    }

    @Override
    public Map<String, Map.Entry<String, Long>> get() {
        return streams.stream()
                .map(LiveStream::status)
                .filter(camera -> camera.state().equals("playing") && camera.framesPacked() > 0)
                .collect(Collectors.toMap(
                        StreamStatus::name, camera -> Map.entry(camera.source(), camera.framesPacked()), (a, b) -> a));
    }
}
