package io.github.berrymse.api;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The {@link LiveStream} services that a transport knows of at this moment, in the order of the configuration: the target
 * of a dynamic reference, {@code bind = "add"} and {@code updated = "add"}, {@code unbind = "remove"}. Thread-safe.
 */
public final class LiveStreams {
    private static final Comparator<Map.Entry<LiveStream, Integer>> ORDER =
            Map.Entry.<LiveStream, Integer>comparingByValue()
                    .thenComparing(stream -> stream.getKey().name());

    private final Map<LiveStream, Integer> orders = new ConcurrentHashMap<>();

    /**
     * Takes a stream, or its new place in the order.
     *
     * @param properties of its service
     */
    public void add(LiveStream stream, Map<String, Object> properties) {
        orders.put(stream, properties.get(LiveStream.ORDER) instanceof Integer order ? order : Integer.MAX_VALUE);
    }

    public void remove(LiveStream stream) {
        orders.remove(stream);
    }

    /** All, the first camera of the configuration first; by name those without an order. */
    public List<LiveStream> inOrder() {
        return orders.entrySet().stream().sorted(ORDER).map(Map.Entry::getKey).toList();
    }

    /** The stream of a camera. */
    public Optional<LiveStream> named(String cameraName) {
        return orders.keySet().stream()
                .filter(stream -> stream.name().equals(cameraName))
                .findFirst();
    }

    /** @param path null, empty or {@code /} for the first camera, else {@code /NAME}, as a servlet's path info is */
    public Optional<LiveStream> at(String path) {
        return path == null || path.isEmpty() || path.equals("/")
                ? orders.entrySet().stream().min(ORDER).map(Map.Entry::getKey)
                : named(path.substring(1));
    }

    /** All names in their order, for the user. */
    public String names() {
        return inOrder().stream().map(LiveStream::name).collect(Collectors.joining(", "));
    }
}
