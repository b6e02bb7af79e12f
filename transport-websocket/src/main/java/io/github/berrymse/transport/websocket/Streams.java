package io.github.berrymse.transport.websocket;

import io.github.berrymse.api.LiveStream;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The live streams by name and order. Thread-safe. */
final class Streams {
    private final Map<LiveStream, Integer> orders = new ConcurrentHashMap<>();

    void add(LiveStream stream, Map<String, Object> properties) {
        orders.put(stream, properties.get(LiveStream.ORDER) instanceof Integer order ? order : Integer.MAX_VALUE);
    }

    void remove(LiveStream stream) {
        orders.remove(stream);
    }

    /** @param pathInfo what follows the servlet's own path: null or {@code /} for the first camera, else {@code /NAME} */
    Optional<LiveStream> at(String pathInfo) {
        if (pathInfo == null || pathInfo.equals("/")) {
            return orders.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        }
        String name = pathInfo.substring(1);
        return orders.keySet().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst();
    }

    /** All names in their order, for the user. */
    String names() {
        return orders.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(stream -> stream.getKey().name())
                .collect(Collectors.joining(", "));
    }
}
