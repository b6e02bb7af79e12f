import { endOf } from "./append-queue.js";

/** Farther behind than this, or than a few pictures of a slow camera, the playhead jumps. */
const JUMP_SECONDS = 0.5;
const JUMP_PICTURES = 2.5;
/** Where a jump lands: within the newest picture. */
const LANDING_SECONDS = 0.02;
/** Less than this at the moment a picture arrives is not worth running faster for. */
const LEAST_LAG_SECONDS = 0.045;
const CATCH_UP_RATE = 1.05;
/** The server squeezes what would last longer. */
const LONGEST_PICTURE_SECONDS = 1;

/**
 * Safari rebuffers at each change of the playback rate, so it only jumps (blakeblackshear/frigate, MsePlayer.tsx, read
 * 2026-11).
 */
const canChangeRate = !navigator.vendor.startsWith("Apple");

/**
 * Holds the playhead at the live edge, the end of what is buffered: a jump when far behind, 5 % faster when a little
 * behind. The loop runs once per append, when the gap is widest.
 *
 * There is no cushion. Chromium's playhead waits at the start of the newest picture, so that the gap runs between one and
 * two pictures and each is shown when it arrives: 5 ms after it, p50, and 22 ms p95 (Chromium 156, 30 fps, 2026-11).
 * Holding the rate at 1 with 20 ms to spare shows pictures in even steps, but 26 ms after they arrive.
 */
export class LiveEdge {
    #video;
    #end = 0;
    #pictureSeconds = 1 / 30;
    #lagSeconds = 0;
    #isCatchingUp = false;
    isFollowing = true;

    /** @param {HTMLVideoElement} video */
    constructor(video) {
        this.#video = video;
    }

    /** How far the playhead is behind the end of what is buffered. */
    get gapSeconds() {
        return Math.max(0, endOf(this.#video.buffered) - this.#video.currentTime);
    }

    /** Its mean over about half a second of pictures. */
    get lagSeconds() {
        return Math.max(0, this.#lagSeconds);
    }

    /** @param {number} segments how many media segments have just become playable */
    update(segments) {
        const video = this.#video;
        const end = endOf(video.buffered);
        this.#measurePicture((end - this.#end) / segments);
        this.#end = end;
        const gap = end - video.currentTime;
        this.#lagSeconds += (gap - this.#pictureSeconds / 2 - this.#lagSeconds) / 15;
        const most = Math.max(JUMP_SECONDS, JUMP_PICTURES * this.#pictureSeconds);
        if (!isBuffered(video) || (this.isFollowing && !video.paused && gap > most)) {
            this.#isCatchingUp = false;
            this.jump();
        } else {
            this.#stepOverHole();
            this.#steer(gap);
        }
    }

    /** Shows the newest picture; a seek that is still under way is let through. */
    jump() {
        const { buffered } = this.#video;
        if (buffered.length > 0 && !this.#video.seeking) {
            this.#video.currentTime = Math.max(buffered.start(buffered.length - 1), endOf(buffered) - LANDING_SECONDS);
        }
    }

    /** Where pictures were left out a hole is, at which browsers wait until it is filled. */
    #stepOverHole() {
        const { buffered, currentTime, paused, readyState, seeking } = this.#video;
        if (paused || seeking || readyState > HTMLMediaElement.HAVE_CURRENT_DATA) {
            return;
        }
        for (let i = 0; i < buffered.length; i++) {
            if (buffered.start(i) > currentTime) {
                this.#video.currentTime = buffered.start(i);
                return;
            }
        }
    }

    /** @param {number} gap */
    #steer(gap) {
        const most = Math.max(LEAST_LAG_SECONDS, 1.35 * this.#pictureSeconds);
        const least = this.#pictureSeconds;
        this.#isCatchingUp = this.isFollowing && gap > (this.#isCatchingUp ? least : most);
        const rate = this.#isCatchingUp && canChangeRate ? CATCH_UP_RATE : 1;
        if (this.#video.playbackRate !== rate) {
            this.#video.playbackRate = rate;
        }
    }

    /** @param {number} seconds pictures of a squeezed group on joining last next to nothing, and do not count */
    #measurePicture(seconds) {
        if (seconds > 0.004 && seconds <= LONGEST_PICTURE_SECONDS) {
            this.#pictureSeconds += (seconds - this.#pictureSeconds) / 10;
        }
    }
}

/** @param {HTMLVideoElement} video whether the playhead stands on or at the end of something */
function isBuffered({ buffered, currentTime }) {
    for (let i = 0; i < buffered.length; i++) {
        if (currentTime >= buffered.start(i) && currentTime <= buffered.end(i) + 0.001) {
            return true;
        }
    }
    return false;
}
