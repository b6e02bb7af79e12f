package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of the page's player by themselves, between the stand-ins of {@code PlayerPartsPage.js} beside this class. */
@Timeout(60)
class BrowserPlayerPartsTest {
    private static Application application;
    private static Browser browser;
    private static String script;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        application = Application.start();
        browser = Browser.start();
        try (InputStream resource = BrowserPlayerPartsTest.class.getResourceAsStream("/PlayerPartsPage.js")) {
            script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
            application.close();
        }
    }

    @BeforeEach
    void openPage() {
        browser.open(application.url("/berrymse.js"));
    }

    /** What the statements give, after those of {@code PlayerPartsPage.js}. */
    private static Object run(String statements) {
        return browser.run(script + statements);
    }

    private static String calls(String statements) {
        return (String) run(statements + "; return calls.join(', ');");
    }

    // The connection

    @Test
    void aServerThatOnlyHasNothingToSendIsAskedNowAndThenAndKept() {
        assertThat(calls("const socket = openSocket(); check(socket, 3); check(socket, 3); calls.push(socket.isOpen)"))
                .isEqualTo("connect ws://camera/, open, ask, ask, true");
        assertThat(calls("const socket = openSocket(); check(socket, 3600); calls.splice(2, 1200)"))
                .as("an hour without a picture")
                .isEqualTo("connect ws://camera/, open");
    }

    @Test
    void aConnectionThatDiedWithoutAWordIsReplacedAfterSomeSeconds() {
        assertThat(calls("const socket = openSocket(); isAnswering = false; check(socket, 8); calls.push('8 s');"
                        + "check(socket, 1); await wait(300)"))
                .isEqualTo("connect ws://camera/, open, ask, 8 s, close,"
                        + " down: the server cannot be heard any more, connect ws://camera/");
    }

    @Test
    void aConnectionIsAskedAtOnceWhenTheNetworkIsBack() {
        assertThat(calls("const socket = openSocket(); isAnswering = false; socket.hurry(); check(socket, 6);"
                        + "socket.close()"))
                .isEqualTo("connect ws://camera/, open, ask, close, down: the server cannot be heard any more");
    }

    @Test
    void nobodyIsAskedWhilePicturesCome() {
        assertThat(
                        calls(
                                "const socket = openSocket(); for (let i = 0; i < 10; i++) {"
                                        + "check(socket, 2); StandIn.last.onmessage({ data: new ArrayBuffer(8) }); } calls.splice(2, 10)"))
                .isEqualTo("connect ws://camera/, open");
    }

    // What the server says

    @Test
    void aCameraIsWhereTheServerSaysAlsoWhenThatChanges() {
        assertThat(run("status = [camera('door'), camera('yard', 'waiting')];"
                        + "const yard = new Camera('http://pi/cam/api/status', 'yard', ''); const seen = [yard.url];"
                        + "await yard.ask(); seen.push(yard.url, yard.reason);"
                        + "status = [camera('yard', 'playing', 'other')]; await yard.ask(); seen.push(yard.url);"
                        + "nowMs += 2000; await yard.ask(); seen.push(yard.url, yard.reason);"
                        + "status = []; nowMs += 2000; await yard.ask(); seen.push(yard.url, yard.reason);"
                        + "return seen.join('\\n')"))
                .isEqualTo(String.join(
                        "\n",
                        "",
                        "ws://pi/cam/video_websocket/yard",
                        "the camera is away: REASON",
                        "ws://pi/cam/video_websocket/yard",
                        "ws://pi/cam/other/yard",
                        "",
                        "ws://pi/cam/other/yard",
                        "the server has no camera yard; there is: none"));
    }

    @Test
    void aServerThatDoesNotAnswerIsAskedAgainLessAndLessOften() {
        assertThat(run("const first = new Camera('https://pi/api/status', '', '');"
                        + "for (; nowMs < 20_000; nowMs += 100) { const before = calls.length; await first.ask();"
                        + "if (calls.length > before) calls.push(`at ${nowMs}`); }"
                        + "return calls.filter((call) => call.startsWith('at')).join(', ') + ' ' + first.url"))
                .isEqualTo("at 0, at 1000, at 3000, at 7000, at 12000, at 17000 wss://pi/video_websocket");
    }

    @Test
    void anAddressThatWasGivenStaysAndItsCameraIsFoundByIt() {
        assertThat(run("status = [camera('door', 'stalled'), camera('yard', 'starting')]; const seen = [];"
                        + "for (const path of ['video_websocket', 'video_websocket/yard', 'other', 'cam/video_websocket/door']) {"
                        + "const given = new Camera('http://pi/api/status', '', `ws://pi/${path}`); await given.ask();"
                        + "seen.push(`${given.url} ${given.name} ${given.reason}`); } return seen.join('\\n')"))
                .isEqualTo(String.join(
                        "\n",
                        "ws://pi/video_websocket door the camera is away: REASON",
                        "ws://pi/video_websocket/yard yard the camera starts: REASON",
                        "ws://pi/other  the server has no camera at this address; there is: door, yard",
                        "ws://pi/cam/video_websocket/door door the camera is away: REASON"));
    }

    // The live edge

    @Test
    void withoutAutoSkipAHoleIsSteppedOver() {
        assertThat(run(
                        "const held = video(5, [0, 5], [9, 20]); const edge = new LiveEdge(held); edge.isFollowing = false;"
                                + "edge.update(1); return held.currentTime"))
                .isEqualTo(9L);
    }

    @Test
    void withoutAutoSkipNothingIsSteppedOverWhileThePictureMovesOrIsPaused() {
        assertThat(run("const moving = Object.assign(video(3, [0, 5], [9, 20]), { readyState: 3 });"
                        + "const paused = Object.assign(video(5, [0, 5], [9, 20]), { paused: true });"
                        + "for (const held of [moving, paused]) {"
                        + "const edge = new LiveEdge(held); edge.isFollowing = false; edge.update(1); }"
                        + "return moving.currentTime + ' ' + paused.currentTime"))
                .isEqualTo("3 5");
    }

    @Test
    void theLiveEdgeOfASlowCameraIsNotJumpedToAtEachPicture() {
        assertThat(run("let end = 1; const slow = video(0, [0, 1]); const edge = new LiveEdge(slow);"
                        + "slow.buffered.end = () => end; let jumps = 0;"
                        + "for (let i = 0; i < 60; i++) { end += 0.5; const before = slow.currentTime = end - 0.8;"
                        + "edge.update(1); jumps += i > 30 && slow.currentTime !== before ? 1 : 0; } return jumps"))
                .as("jumps in 30 pictures, two in a second")
                .isEqualTo(0L);
    }
}
