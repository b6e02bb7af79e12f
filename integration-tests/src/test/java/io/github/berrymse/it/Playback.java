package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the page's first player did over some seconds, as its video element says. Immutable.
 *
 * @param rate seconds of media played in a second
 * @param decodedPerSecond pictures decoded in a second
 * @param gapMs from the playhead to the end of what is buffered, the median
 */
record Playback(double rate, double decodedPerSecond, double gapMs) {
    private static final int WINDOWS = 20;

    /** Looks at the video itself some times a second, for three seconds; a rate is of media time against the page's clock. */
    private static final String WATCH =
            """
            const video = document.querySelector("video");
            const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
            const gaps = [];
            const [timeMs, played, decoded] = [performance.now(), video.currentTime, frames()];
            while (performance.now() - timeMs < 3000) {
                await new Promise((over) => setTimeout(over, 47));
                gaps.push(video.buffered.length ? video.buffered.end(video.buffered.length - 1) - video.currentTime : Infinity);
            }
            const seconds = (performance.now() - timeMs) / 1000;
            gaps.sort((a, b) => a - b);
            return {
                rate: (video.currentTime - played) / seconds,
                decodedPerSecond: (frames() - decoded) / seconds,
                gapMs: gaps[gaps.length >> 1] * 1000,
            };
            """;

    @SuppressWarnings("unchecked")
    private static Playback watch(Browser browser) {
        Map<String, Number> seen = (Map<String, Number>) browser.run(WATCH);
        return new Playback(
                seen.get("rate").doubleValue(),
                seen.get("decodedPerSecond").doubleValue(),
                seen.get("gapMs").doubleValue());
    }

    private boolean isLive(double framesPerSecond) {
        return rate > 0.9 && rate < 1.1 && decodedPerSecond > 0.9 * framesPerSecond && gapMs < 150;
    }

    /**
     * Waits until the player keeps up with the camera: it plays as quickly as time goes by, decodes what the camera sees
     * and is less than 150 ms behind. On a machine that is busy with something else some windows may show otherwise.
     */
    static void awaitLive(Browser browser, double framesPerSecond) {
        List<Playback> seen = new ArrayList<>();
        do {
            seen.add(watch(browser));
        } while (!seen.get(seen.size() - 1).isLive(framesPerSecond) && seen.size() < WINDOWS);
        assertThat(seen).last().matches(last -> last.isLive(framesPerSecond), "of " + seen + " is live");
    }
}
