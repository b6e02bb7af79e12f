import { BackOff } from "./back-off.js";

/**
 * Notices a decoder that is fed but shows nothing new. Chromium's hardware decoders do that now and then with so little
 * buffered (https://github.com/video-dev/hls.js/issues/5797, read 2026-11).
 */
export class Watchdog {
    #video;
    #onStuck;
    #patience = new BackOff(3_000, 30_000);
    #frames = 0;
    #progressMs = 0;
    #isFed = false;

    /** @param {HTMLVideoElement} video @param {() => void} onStuck */
    constructor(video, onStuck) {
        this.#video = video;
        this.#onStuck = onStuck;
    }

    /** Media segments were appended. */
    fed() {
        this.#isFed = true;
    }

    /** To be called about once a second. */
    check() {
        const nowMs = performance.now();
        const frames = this.#video.getVideoPlaybackQuality().totalVideoFrames;
        const isMoving = frames !== this.#frames;
        if (isMoving) {
            this.#patience.reset();
        }
        if (isMoving || !this.#isFed || document.hidden || this.#video.paused) {
            this.#progressMs = nowMs;
        } else if (nowMs - this.#progressMs > this.#patience.ms) {
            this.#patience.next();
            this.#progressMs = nowMs;
            this.#onStuck();
        }
        this.#frames = frames;
        this.#isFed = false;
    }
}
