package io.github.berrymse.transport.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HlsStreamTest {
    private static final long SECOND_NS = 1_000_000_000;

    private final TestStream camera = new TestStream();
    private final List<Runnable> tasks = new ArrayList<>();
    private final Executor executor = tasks::add;
    private long nowNs;
    private final HlsStream stream =
            new HlsStream(camera, TestCamera.LIMITS, () -> Long.MAX_VALUE, executor, () -> nowNs);

    private TestRequest ask(Resource resource) {
        TestRequest request = new TestRequest();
        stream.answer(request.async(), resource);
        return request;
    }

    private TestRequest askLive(long sequenceNumber, long part) {
        return ask(Resources.live(new Directives(sequenceNumber, part, false)));
    }

    /** Pictures come, and the executor does what it was given. */
    private void come(int frames) {
        camera.come(frames);
        runTasks();
    }

    private void runTasks() {
        List.copyOf(tasks).forEach(Runnable::run);
        tasks.clear();
    }

    private long newest() {
        return stream.playlist().newest().sequenceNumber();
    }

    @Test
    void whatTheStreamRemembersIsThereAtOnceAndDatedBack() {
        camera.come(19);
        stream.start();
        long nowMs = System.currentTimeMillis();
        come(1);

        TestRequest index = ask(Resources.index(camera::status, ""));
        assertThat(index.text())
                .contains("RESOLUTION=1280x720", "CODECS=\"avc1.42C01F\"", "FRAME-RATE=30.000")
                .endsWith("\nlive.m3u8\n");
        assertThat(stream.playlist().newest().startMs()).isBetween(nowMs - 667, System.currentTimeMillis() - 500);
    }

    @Test
    void anIndexWaitsForThePictureAndAPlaylistForASegment() {
        stream.start();
        TestRequest index = ask(Resources.index(camera::status, ""));
        TestRequest live = askLive(Directives.NONE, Directives.NONE);
        come(8);
        assertThat(index.answers()).isZero();
        come(1);
        assertThat(index.status()).isEqualTo(200);
        assertThat(live.answers()).isZero();
        come(22);
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.header("Cache-Control")).isEqualTo("public, max-age=1");
        assertThat(live.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void aPlaylistIsHeldUntilItHasThePart() {
        stream.start();
        come(31);
        long next = newest() + 1;
        TestRequest first = askLive(next, 0);
        TestRequest second = askLive(next, 1);
        TestRequest segment = askLive(next, Directives.NONE);
        come(8);
        assertThat(first.text()).contains(stream.playlist().token() + "/part-4.m4s");
        assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=12");
        assertThat(second.answers()).isZero();
        come(9);
        assertThat(second.answers()).isEqualTo(1);
        assertThat(segment.answers()).isZero();
        come(13);
        assertThat(segment.text()).contains("/segment-" + next + ".m4s");
        assertThat(Stream.of(first, second, segment)).allMatch(request -> request.answers() == 1);
    }

    @Test
    void theNextPartIsHeldUntilItIsWholeWhateverItsSegment() {
        stream.start();
        come(31);
        long next = stream.playlist().nextPart();
        TestRequest hinted = ask(Resources.part(next));
        TestRequest tooEarly = ask(Resources.part(next + 1));
        come(7);
        assertThat(hinted.answers()).isZero();
        come(1);
        assertThat(hinted.status()).isEqualTo(200);
        assertThat(hinted.size()).isEqualTo(9 * (TestFragment.HEADER_BYTES + 100));
        assertThat(hinted.header("Cache-Control")).isEqualTo("public, max-age=3600, immutable");
        assertThat(tooEarly.status()).isEqualTo(404);
    }

    @Test
    void whoComesWhileOthersAreAnsweredIsNotJudgedByAnOlderPlaylist() {
        stream.start();
        come(31);
        List<TestRequest> late = new ArrayList<>();
        Resource whatWaits = now -> {
            if (now.nextPart() == 5 && late.isEmpty()) { // the others are being answered
                camera.come(9);
                for (int i = 0; i < 100; i++) {
                    late.add(ask(Resources.part(6)));
                }
            }
            return Optional.empty();
        };
        for (int i = 0; i < 100; i++) {
            ask(whatWaits);
        }
        come(9);
        assertThat(late).hasSize(100).allMatch(request -> request.answers() == 0);
        come(9);
        assertThat(late).allMatch(request -> request.status() == 200);
    }

    @Test
    void whatIsTooFarAheadIsRefused() {
        stream.start();
        come(31);
        assertThat(askLive(newest() + 3, Directives.NONE).status()).isEqualTo(400);
        assertThat(askLive(newest() + 2, Directives.NONE).answers()).isZero();
    }

    @Test
    void whoWaitsTooLongIsToldWhy() {
        stream.start();
        TestRequest index = ask(Resources.index(camera::status, ""));
        nowNs = 9 * SECOND_NS;
        stream.check();
        assertThat(index.answers()).isZero();
        nowNs = 11 * SECOND_NS;
        stream.check();
        assertThat(index.status()).isEqualTo(503);
        assertThat(index.text()).isEqualTo("door: no picture has come: the cable is out\n");

        come(31);
        TestRequest live = askLive(newest() + 1, 0);
        nowNs = 16 * SECOND_NS;
        stream.check();
        assertThat(live.answers()).isZero();
        nowNs = 18 * SECOND_NS;
        stream.check();
        assertThat(live.status()).isEqualTo(503);
        assertThat(live.answers()).isEqualTo(1);
    }

    @Test
    void itIsOverWhenNobodyHasAskedForAWhileAndNobodyWaits() {
        stream.start();
        come(31);
        nowNs = 20 * SECOND_NS;
        TestRequest live = askLive(newest() + 1, 0);
        nowNs = 55 * SECOND_NS;
        assertThat(stream.isOver()).isFalse();
        come(9);
        assertThat(live.answers()).isEqualTo(1);
        assertThat(stream.isOver()).isTrue();
        stream.close("nobody watched");
        assertThat(camera.closed()).isEqualTo(1);
    }

    @Test
    void allAreAnsweredWhenTheStreamIsGone() {
        stream.start();
        TestRequest index = ask(Resources.index(camera::status, ""));
        camera.subscriber().ended("the camera door is gone");
        runTasks();
        assertThat(index.text()).isEqualTo("the camera door is gone\n");
        assertThat(ask(Resources.index(camera::status, "")).status()).isEqualTo(503);
        assertThat(stream.isOver()).isTrue();
    }

    @Test
    void allAreAnsweredWhenItIsClosed() {
        TestRequest early = ask(Resources.part(0));
        stream.close("the server stops");
        stream.start();
        assertThat(early.text()).isEqualTo("the server stops\n");
        assertThat(camera.closed()).isEqualTo(1);
    }

    @Test
    void whatIsGoneIsNotFound() {
        stream.start();
        come(31);
        assertThat(ask(Resources.segment(newest())).status()).isEqualTo(200);
        assertThat(ask(Resources.segment(newest() + 1)).status()).isEqualTo(404);
        assertThat(ask(Resources.init(0)).text()).isEqualTo("init");
        assertThat(ask(Resources.init(1)).text()).isEqualTo("initialization segment 1 is not there, or not any more\n");
    }
}
