package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page's append queue does to a source buffer that a script plays: {@code AppendQueuePage.js} beside this class. */
@Timeout(60)
class BrowserAppendQueueTest {
    private static final String PUSH_JOIN = "queue.push(init('avcC'), true); buffer.finish();";

    private static Application application;
    private static Browser browser;
    private static String script;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        application = Application.start();
        browser = Browser.start();
        browser.open(application.url("/berrymse.js"));
        try (InputStream resource = BrowserAppendQueueTest.class.getResourceAsStream("/AppendQueuePage.js")) {
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

    @Test
    void appendsOneAtATimeAndJoinsWhatHasGatheredMeanwhile() {
        assertThat(calls(PUSH_JOIN
                        + "queue.push(sync(1)); queue.push(delta(2)); queue.push(delta(3));"
                        + "buffer.finish(); buffer.finish();"))
                .isEqualTo("offset 0, append init, append 1, append 2+3");
    }

    @Test
    void goesOnWhereTheOldTimelineEndedWithoutARedundantInitializationSegment() {
        assertThat(calls(PUSH_JOIN + "buffer.end = 7; queue.push(init('avcC'), true); queue.push(sync(1));"))
                .isEqualTo("offset 0, append init, offset 7, append 1");
    }

    @Test
    void changesTypeWhenTheCodecStringChanges() {
        assertThat(calls(PUSH_JOIN + "queue.push(init('avcC', 0x4d), false); buffer.finish();"))
                .isEqualTo("offset 0, append init, type avc1.4D0028, append init");
    }

    @Test
    void appendsTheSameChunkAgainAfterMakingRoom() {
        assertThat(calls(PUSH_JOIN + "buffer.end = 9; video.currentTime = 8; buffer.isFull = true;"
                        + "queue.push(sync(1)); buffer.isFull = false; buffer.finish();"))
                .isEqualTo("offset 0, append init, full, remove 0-7, append 1");
    }

    @Test
    void removesWhatIsLongPast() {
        assertThat(calls(PUSH_JOIN + "buffer.end = 30; video.currentTime = 29; queue.push(sync(1)); buffer.finish();"))
                .isEqualTo("offset 0, append init, remove 0-19, append 1");
    }

    @Test
    void continuesAtNewestSyncSampleWhenThePageFellBehind() {
        assertThat(calls("queue.push(init('avcC'), true);"
                        + "for (let i = 0; i < 150; i++) queue.push(i % 50 ? delta(9) : sync(i));"
                        + "for (let i = 0; i < 150; i++) queue.push(i === 140 ? sync(7) : delta(i > 140 ? 8 : 9));"
                        + "queue.push(delta(8)); buffer.finish(); buffer.finish();"))
                .isEqualTo("offset 0, append init, append 7+8+8+8+8+8+8+8+8+8+8");
    }

    @Test
    void whileTheMediaSourceIsNotOpenOnlyWhatFollowsTheNewestSyncSampleIsKept() {
        assertThat(calls("source.readyState = 'closed'; queue.push(init('avcC'), true);"
                        + "for (let i = 0; i < 1000; i++) queue.push(i === 990 ? sync(7) : delta(i > 990 ? 8 : 9));"
                        + "source.readyState = 'open'; queue.pump(); buffer.finish(); buffer.finish();"))
                .isEqualTo("offset 0, append init, append 7+8+8+8+8+8+8+8+8+8");
    }

    @Test
    void ofManyConnectionsMeanwhileTheLastInitializationSegmentIsKeptAndStartsItsTimeline() {
        assertThat(calls("source.readyState = 'closed'; buffer.end = 7;"
                        + "for (let i = 0; i < 150; i++) { queue.push(init('avcC'), i < 149); queue.push(sync(i)); }"
                        + "queue.push(delta(8)); source.readyState = 'open'; queue.pump();"
                        + "buffer.finish(); buffer.finish();"))
                .isEqualTo("offset 7, append init, append 149+8");
    }

    @Test
    void showsNoPictureWhoseReferenceWasDropped() {
        assertThat(calls("queue.push(init('avcC'), true);"
                        + "for (let i = 0; i < 310; i++) queue.push(delta(9)); queue.push(sync(1)); queue.push(delta(2));"
                        + "buffer.finish(); buffer.finish();"))
                .isEqualTo("offset 0, append init, append 1+2");
    }

    /** What became of the source buffer while the statements ran. */
    private static String calls(String statements) {
        return (String) browser.run(script + statements + "return calls.join(', ');");
    }
}
