package io.github.berrymse.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A player of low-latency HLS as far as the network sees it: follows the playlist part by part. One thread's. */
final class HlsClient {
    private static final HttpResponse.BodyHandler<byte[]> BYTES = HttpResponse.BodyHandlers.ofByteArray();

    private final HttpClient http;
    private final URI live;
    private final Map<String, byte[]> parts = new LinkedHashMap<>();
    private final List<Long> agesMs = new ArrayList<>();
    private HlsPlaylist playlist;

    /** @param address of a camera, such as {@code http://127.0.0.1:2020/hls/camera/} */
    HlsClient(HttpClient http, String address) {
        this.http = http;
        this.live = URI.create(address + "live.m3u8");
    }

    static HttpClient http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** The playlist as it is now. */
    HlsPlaylist load() throws IOException, InterruptedException {
        playlist = new HlsPlaylist(new String(get(live), StandardCharsets.UTF_8));
        return playlist;
    }

    /** The playlist when it has its next part, and that part, which is asked for at the same time. */
    HlsPlaylist follow() throws IOException, InterruptedException {
        String hint = playlist.hint();
        CompletableFuture<HttpResponse<byte[]>> part = http.sendAsync(request(live.resolve(hint)), BYTES);
        playlist = new HlsPlaylist(new String(get(URI.create(live + playlist.next())), StandardCharsets.UTF_8));
        agesMs.add(System.currentTimeMillis() - playlist.newestPart().endMs());
        parts.put(hint, bytes(part.join()));
        List<String> addresses =
                playlist.parts().stream().map(HlsPlaylist.Part::address).toList();
        for (String later : addresses.subList(addresses.indexOf(hint) + 1, addresses.size())) {
            parts.put(later, get(later)); // a cache that polls may be more than one part late
        }
        return playlist;
    }

    byte[] get(String address) throws IOException, InterruptedException {
        return get(live.resolve(address));
    }

    private byte[] get(URI address) throws IOException, InterruptedException {
        return bytes(http.send(request(address), BYTES));
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address).build();
    }

    private static byte[] bytes(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.uri() + " gives " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    /** The parts that were followed, by their addresses. */
    Map<String, byte[]> parts() {
        return parts;
    }

    /** How old the newest part was, by the playlist's dates, each time that the playlist came: the smallest first. */
    List<Long> agesMs() {
        return agesMs.stream().sorted().toList();
    }
}
