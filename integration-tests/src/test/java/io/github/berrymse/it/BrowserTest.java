package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The picture in a real browser: the demo page, a page of another origin, and a server that goes and comes back. */
@Timeout(300)
class BrowserTest {
    private static final String PLAYER = "BerryMSE.players[0]";
    private static final double DEMO_FRAMES_PER_SECOND = 30;

    private Browser browser;

    @BeforeEach
    void startBrowser() {
        assumeTrue(Browser.isInstalled(), "Chromium is not installed: apt-get install chromium chromium-driver");
        browser = Browser.start();
    }

    @AfterEach
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void demoPagePlaysAtTheLiveEdge() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitFiveSecondsOfPicture();
            Playback.awaitLive(browser, DEMO_FRAMES_PER_SECOND);
            browser.screenshot("demo-page");
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }

    @Test
    void demoPageFitsAPhone() throws IOException {
        try (Application application = Application.start()) {
            browser.resize(390, 800);
            browser.open(application.url("/"));
            awaitPicture();
            browser.screenshot("demo-page-phone");
            assertThat(browser.number("document.documentElement.scrollWidth - innerWidth"))
                    .as("pixels to scroll sideways")
                    .isLessThanOrEqualTo(0);
        }
    }

    @Test
    void playsInAPageOfAnotherOrigin() throws IOException {
        try (Application application = Application.start();
                Elsewhere elsewhere = new Elsewhere(application)) {
            browser.open(elsewhere.url());
            awaitFiveSecondsOfPicture();
            Playback.awaitLive(browser, DEMO_FRAMES_PER_SECOND);
            browser.screenshot("another-origin");

            browser.click("#skip");
            assertThat(browser.value("document.getElementById('skip').ariaPressed"))
                    .isEqualTo("false");
            double end = number(browser.stats(), "bufferedEnd");
            browser.click("#reset");
            browser.await(PLAYER + ".stats().bufferedEnd < " + end + " && " + PLAYER + ".state === 'live'");
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }

    @Test
    void demoPageComesBackByItselfWhenTheServerDoes() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitPicture();
            comeBackTwice(application);
        }
    }

    @Test
    void aPageOfAnotherOriginComesBackByItselfWhenTheServerDoes() throws IOException {
        try (Application application = Application.start();
                Elsewhere elsewhere = new Elsewhere(application)) {
            browser.open(elsewhere.url());
            awaitPicture();
            comeBackTwice(application);
        }
    }

    /** Stops the server properly, kills the next, and judges the page each time that there is another. */
    private void comeBackTwice(Application first) throws IOException {
        first.close();
        awaitLoss("server-stopped");
        try (Application second = startAgain(first)) {
            awaitReturn();
            second.kill();
            awaitLoss("server-killed");
        }
        try (Application third = startAgain(first)) {
            awaitReturn();
            assertThat(third.port()).isEqualTo(first.port());
            browser.screenshot("server-restarted");
            assertThat(browser.stats())
                    .as("the picture stayed, on the same media source")
                    .containsEntry("rebuilds", 0L);
        }
    }

    private static Application startAgain(Application before) throws IOException {
        return Application.start("-l", "127.0.0.1:" + before.port());
    }

    private void awaitLoss(String screenshot) throws IOException {
        browser.await(PLAYER + ".state === 'reconnecting'");
        browser.screenshot(screenshot);
    }

    private void awaitReturn() {
        double end = number(browser.stats(), "bufferedEnd");
        browser.await(PLAYER + ".state === 'live'");
        browser.await(PLAYER + ".stats().currentTime > " + (end + 1)); // its timeline goes on
        Playback.awaitLive(browser, DEMO_FRAMES_PER_SECOND);
    }

    @Test
    void catchesUpAtOnceAfterThePageStoodStill() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitPicture();
            browser.await(PLAYER + ".stats().lagMs < 150");
            double segments = number(browser.stats(), "appendedSegments");
            browser.run("const until = Date.now() + 2000; while (Date.now() < until);");
            browser.await(PLAYER + ".stats().appendedSegments > " + (segments + 50));
            browser.await(PLAYER + ".stats().lagMs < 150");
        }
    }

    @Test
    void goesOnAtTheLiveEdgeAfterAPauseAndStaysBehindWithoutAutoSkip() throws IOException {
        try (Application application = Application.start()) {
            browser.open(application.url("/"));
            awaitPicture();
            browser.click("#play");
            browser.await(PLAYER + ".state === 'paused' && " + PLAYER + ".stats().gapMs > 1500");
            browser.click("#auto-skip");
            browser.click("#play");
            browser.await(PLAYER + ".state === 'live'");
            assertThat(number(browser.stats(), "gapMs")).as("auto skip off").isGreaterThan(1000);

            browser.click("#auto-skip");
            browser.await(PLAYER + ".stats().lagMs < 150");
            browser.click("#reset");
            browser.await(PLAYER + ".state === 'live' && " + PLAYER + ".stats().decodedFrames > 0");
        }
    }

    private void awaitFiveSecondsOfPicture() {
        awaitPicture();
        browser.await(PLAYER + ".stats().bufferedEnd > 5");
    }

    private void awaitPicture() {
        browser.await("window.BerryMSE?.players[0]?.state === 'live'");
        browser.await(PLAYER + ".stats().decodedFrames > 0 && document.querySelector('video').readyState >= 2");
    }

    private static double number(Map<String, Object> stats, String name) {
        return ((Number) stats.get(name)).doubleValue();
    }
}
