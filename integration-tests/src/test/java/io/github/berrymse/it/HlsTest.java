package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Low-latency HLS of the whole application: for ffmpeg, for a client that follows part by part, and for an HTTP cache. */
@Timeout(120)
class HlsTest {
    private static final Logger LOG = LoggerFactory.getLogger(HlsTest.class);
    private static final Path OTHER_CLIP =
            Path.of("..", "h264", "src", "test", "streams", "high.h264").toAbsolutePath();
    private static final String CAMERA = "/hls/camera/";
    private static final HttpClient HTTP = HlsClient.http();
    private static final int CLIENTS = 50;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Application application;
    private static CompletableFuture<HttpResponse<String>> withoutPicture;

    @BeforeAll
    static void start() throws Exception {
        application = startWithPipe(shared);
        withoutPicture = getLater(application.url("/hls/pipe/index.m3u8")); // 10 s, in which the other tests run
    }

    /** The demo, and a second camera that has no picture. */
    private static Application startWithPipe(Path folder) throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(folder.resolve("config.yml"), "camera: {}\ncameras: {pipe: {sourceFD: " + pipe + "}}\n");
        Application started = Application.start(folder);
        started.awaitState("playing");
        return started;
    }

    private static CompletableFuture<HttpResponse<String>> getLater(String url) {
        return HTTP.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @AfterAll
    static void stop() throws IOException {
        application.close();
    }

    /** What a program prints, its errors too. */
    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** The movie fragments in a row. */
    private static List<byte[]> fragments(byte[] bytes) {
        List<byte[]> fragments = new ArrayList<>();
        ByteBuffer boxes = ByteBuffer.wrap(bytes);
        for (int at = 0; at < bytes.length; ) {
            int moofSize = boxes.getInt(at);
            int size = moofSize + boxes.getInt(at + moofSize);
            fragments.add(Arrays.copyOfRange(bytes, at, at + size));
            at += size;
        }
        return fragments;
    }

    private static byte[] concatenated(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** How many pictures ffmpeg decodes, without a word of complaint. */
    private int decoded(byte[]... pieces) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("media.mp4"), concatenated(pieces));
        String frames = output(
                ("ffprobe -v error -count_frames -select_streams v -show_entries stream=nb_read_frames -of csv=p=0 "
                                + file)
                        .split(" "));
        assertThat(output("ffmpeg", "-v", "error", "-i", "" + file, "-f", "null", "-"))
                .isEmpty();
        return Integer.parseInt(frames.trim());
    }

    @Test
    void ffmpegPlaysItWithoutAnError() throws Exception {
        String index = application.url(CAMERA + "index.m3u8");
        String probe = output(
                ("ffprobe -v error -select_streams v -show_entries stream=codec_name,width,height -of csv=p=0 " + index)
                        .split(" "));
        assertThat(probe.trim()).startsWith("h264,1280,720");
        String played =
                output(("ffmpeg -nostdin -v error -progress - -nostats -t 4 -i " + index + " -f null -").split(" "));
        assertThat(played.lines()).allMatch(line -> line.matches("[a-z_0-9]+=.*"));
        String frames = played.lines()
                .filter(line -> line.startsWith("frame="))
                .reduce((before, last) -> last)
                .orElseThrow();
        assertThat(Integer.parseInt(frames.substring(6))).isBetween(110, 130);
    }

    @Test
    void aClientFollowsItPartByPart() throws Exception {
        HlsClient client = new HlsClient(HTTP, application.url(CAMERA));
        HlsPlaylist playlist = client.load();
        long first = playlist.wholeSegments()
                        .get(playlist.wholeSegments().size() - 1)
                        .number()
                + 2;
        while (followed(playlist, first).size() < 2) {
            playlist = client.follow();
            check(playlist);
        }
        List<byte[]> fragments = new ArrayList<>();
        for (HlsPlaylist.Segment segment : followed(playlist, first)) {
            byte[] init = client.get(segment.init());
            byte[] bytes = client.get(segment.address());
            byte[][] parts = segment.parts().stream()
                    .map(part -> client.parts().get(part.address()))
                    .toArray(byte[][]::new);
            assertThat(concatenated(parts)).isEqualTo(bytes);
            assertThat(new FragmentBytes(bytes).isSync()).isTrue();
            assertThat(decoded(init, bytes)).isEqualTo(fragments(bytes).size());
            assertThat(decoded(init, parts[0])).isEqualTo(fragments(parts[0]).size());
            fragments.addAll(fragments(bytes));
        }
        checkContiguous(fragments);
        LOG.info("age of the newest part, in ms: {}", client.agesMs());
    }

    private static List<HlsPlaylist.Segment> followed(HlsPlaylist playlist, long first) {
        return playlist.wholeSegments().stream()
                .filter(segment -> segment.number() >= first)
                .toList();
    }

    private static void checkContiguous(List<byte[]> messages) {
        for (int i = 0; i < messages.size(); i++) {
            FragmentBytes fragment = new FragmentBytes(messages.get(i));
            fragment.check();
            if (i > 0) {
                FragmentBytes before = new FragmentBytes(messages.get(i - 1));
                assertThat(fragment.sequenceNumber()).isEqualTo(before.sequenceNumber() + 1);
                assertThat(fragment.decodeTimeTicks()).isEqualTo(before.decodeTimeTicks() + before.durationTicks());
            }
        }
    }

    /** What a playlist promises. */
    private static void check(HlsPlaylist playlist) {
        assertThat(playlist.value("#EXT-X-SERVER-CONTROL:"))
                .contains("CAN-BLOCK-RELOAD=YES", "CAN-SKIP-UNTIL=12.0", "HOLD-BACK=6.0", "PART-HOLD-BACK=");
        assertThat(playlist.targetDurationS()).isEqualTo(2);
        for (HlsPlaylist.Segment segment : playlist.segments()) {
            List<HlsPlaylist.Part> parts = segment.parts();
            assertThat(parts).allMatch(part -> part.seconds() <= playlist.partTargetS());
            assertThat(parts.stream().limit(Math.max(0, parts.size() - 1)))
                    .allMatch(part -> part.seconds() >= 0.85 * playlist.partTargetS());
            assertThat(parts.isEmpty() || parts.get(0).isIndependent()).isTrue();
        }
    }

    @Test
    void anotherPictureMakesADiscontinuityForWhomFollows() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), "camera: {}\n");
        try (Application changing = Application.start("-c", config.toString())) {
            changing.awaitState("playing");
            HlsClient client = new HlsClient(HTTP, changing.url(CAMERA));
            HlsPlaylist playlist = client.load();
            while (playlist.wholeSegments().isEmpty()) {
                playlist = client.follow();
            }
            String first = playlist.wholeSegments().get(0).init();
            Files.writeString(config, "camera: {file: " + OTHER_CLIP + "}\n");
            Predicate<HlsPlaylist.Segment> isOther = segment -> !segment.init().equals(first);
            while (playlist.wholeSegments().stream().noneMatch(isOther)) {
                playlist = client.follow();
            }
            HlsPlaylist.Segment other = playlist.wholeSegments().stream()
                    .filter(isOther)
                    .findFirst()
                    .orElseThrow();
            assertThat(other.isDiscontinuity()).isTrue();
            byte[] bytes = client.get(other.address());
            assertThat(decoded(client.get(other.init()), bytes))
                    .isEqualTo(fragments(bytes).size());
        }
    }

    @Test
    void fiftyClientsBehindACacheAreOneFetchOfEachPart() throws Exception {
        assumeTrue(CachingProxy.isInstalled(), "nginx is not installed: apt-get install nginx-light");
        new HlsClient(HTTP, application.url(CAMERA)).load(); // so that it has begun
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        CachingProxy cache = CachingProxy.start(folder, application);
        List<HlsClient> clients = new ArrayList<>();
        try (cache) {
            Callable<HlsClient> client = () -> followed(new HlsClient(HlsClient.http(), cache.url(CAMERA)), 12);
            for (Future<HlsClient> followed : threads.invokeAll(Collections.nCopies(CLIENTS, client))) {
                clients.add(followed.get());
            }
        } finally {
            threads.shutdownNow();
        }
        checkFetches(cache, clients);
    }

    private static HlsClient followed(HlsClient client, int times) throws Exception {
        client.load();
        for (int i = 0; i < times; i++) {
            client.follow();
        }
        return client;
    }

    private static void checkFetches(CachingProxy cache, List<HlsClient> clients) throws IOException {
        List<String[]> requests = cache.requests();
        assertThat(requests).allMatch(request -> request[1].equals("200"));
        Map<String, Long> fetches = requests.stream()
                .filter(request -> !request[0].equals("HIT") && !request[2].endsWith("live.m3u8"))
                .collect(Collectors.groupingBy(request -> request[2], Collectors.counting()));
        assertThat(fetches)
                .as("times that an address was fetched from the server")
                .allSatisfy((address, times) -> assertThat(times).as(address).isEqualTo(1));
        Map<String, byte[]> first = clients.get(0).parts();
        for (HlsClient client : clients) {
            assertThat(client.parts()).hasSizeGreaterThanOrEqualTo(12);
            client.parts().forEach((address, bytes) -> {
                assertThat(fetches).containsKey(CAMERA + address);
                assertThat(bytes).isEqualTo(first.getOrDefault(address, bytes));
            });
        }
        assertThat(cache.errors()).doesNotContain("[error]", "[crit]", "[alert]");
        LOG.info("{} clients made {} requests, the cache {}", clients.size(), requests.size(), fetches.size());
        LOG.info(
                "age of the newest part behind the cache, in ms: {}",
                clients.get(0).agesMs());
    }

    @Test
    void aCameraWithoutAPictureSaysWhyAfterAWhile() {
        HttpResponse<String> answer = withoutPicture.join();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .startsWith("pipe: no picture has come: ")
                .contains(shared.resolve("pipe").toString());
    }

    @Test
    void whatIsNotThereSaysWhatIs() throws Exception {
        assertThat(application.get("/hls/yard/index.m3u8").body())
                .isEqualTo("no such camera; there is: camera, pipe\n");
        assertThat(application.get("/hls/index.m3u8").body()).endsWith("\ncamera/live.m3u8\n");
        assertThat(application.get("/hls/camera").statusCode()).isEqualTo(404);
        assertThat(application.get("/hls/camera/0/part-1.m4s").statusCode()).isEqualTo(404);
        assertThat(application.get(CAMERA + "live.m3u8?_HLS_part=1").statusCode())
                .isEqualTo(400);
        assertThat(application.get(CAMERA + "live.m3u8?_HLS_msn=99999999999").statusCode())
                .isEqualTo(400);
        assertThat(application.camera().getAsJsonObject("addresses").get("hls").getAsString())
                .isEqualTo("/hls/camera/index.m3u8");
    }

    @Test
    void whoWaitsIsAnsweredWhenTheBundleIsReplacedAndTheNumbersGoOn() throws Exception {
        try (Application swapping = startWithPipe(folder)) {
            HlsPlaylist playlist =
                    new HlsPlaylist(swapping.get(CAMERA + "live.m3u8").body());
            CompletableFuture<HttpResponse<String>> waiting = getLater(swapping.url("/hls/pipe/index.m3u8"));
            Control.of(swapping).swap(BundleJars.version("transport-hls", "1.0.1", folder.resolve("hls.jar")));
            assertThat(waiting.join().statusCode()).isEqualTo(503);

            HlsPlaylist again =
                    new HlsPlaylist(swapping.get(CAMERA + "live.m3u8").body());
            assertThat(again.segments().get(0).number())
                    .isGreaterThanOrEqualTo(playlist.segments().get(0).number());
            assertThat(again.hint()).isNotEqualTo(playlist.hint());
            assertThat(swapping.get(CAMERA + playlist.parts().get(0).address()).statusCode())
                    .isEqualTo(404);
        }
    }
}
