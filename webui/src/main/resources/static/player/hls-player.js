import { endOf } from "./append-queue.js";
import { Attention } from "./attention.js";
import { BackOff } from "./back-off.js";
import { stateOf } from "./state.js";

/** Played for this long without an error, the next error is no consequence of the one before. */
const SOON_MS = 10_000;

/**
 * Stands in for {@link import("./player.js").Player} where the browser has no Media Source Extensions but plays HLS by
 * itself, as iPhones before iOS 17.1: some seconds behind, and begun anew when it has failed. Fires `statechange`.
 */
export class HlsPlayer extends EventTarget {
    #video;
    #camera;
    #address;
    #attention;
    #delay = new BackOff(500, 5_000);
    #isRunning = false;
    #isOpen = false;
    #openedMs = 0;
    #progressMs = 0;
    #lossReason = "";
    #reconnects = 0;
    #timer = 0;
    #ticker = 0;
    /** @type {import("./state.js").State} */ #state = "stopped";

    /** The browser keeps to the live edge as HLS asks for; there is nothing to turn on and off. */
    autoSkip = true;

    /** @param {HTMLVideoElement} video @param {import("./camera.js").Camera} camera whose address is known */
    constructor(video, camera) {
        super();
        this.#video = video;
        this.#camera = camera;
        this.#address = hlsAddress(camera.url);
        this.#attention = new Attention(video, {
            onWatched: () => this.#open(),
            onResting: () => this.#close(),
            onPaused: () => this.#tellState(),
        });
    }

    /** @param {HTMLVideoElement} video */
    static isNeededFor(video) {
        const hasMediaSource = window.MediaSource ?? window.ManagedMediaSource;
        return !hasMediaSource && video.canPlayType("application/vnd.apple.mpegurl") !== "";
    }

    get state() {
        return this.#state;
    }

    /** Why it is in this state, in words; empty when there is nothing to say. */
    get reason() {
        return this.#lossReason;
    }

    start() {
        if (this.#isRunning) {
            return;
        }
        this.#isRunning = true;
        this.#video.muted = true; // without it browsers refuse to play before a click; there is no sound anyway
        this.#video.playsInline = true;
        this.#video.autoplay = true;
        this.#video.addEventListener("error", this.#onError);
        this.#video.addEventListener("timeupdate", this.#onProgress);
        this.#ticker = window.setInterval(() => this.#tellState(), 1_000);
        this.#attention.start();
        this.#open();
    }

    stop() {
        this.#isRunning = false;
        this.#attention.stop();
        clearInterval(this.#ticker);
        this.#video.removeEventListener("error", this.#onError);
        this.#video.removeEventListener("timeupdate", this.#onProgress);
        this.#close();
    }

    reset() {
        this.stop();
        this.start();
    }

    /** @returns {import("./player.js").Stats} */
    stats() {
        const { totalVideoFrames, droppedVideoFrames } = this.#video.getVideoPlaybackQuality();
        const gapMs = Math.max(0, endOf(this.#video.buffered) - this.#video.currentTime) * 1_000;
        return {
            state: this.#state,
            reason: this.reason,
            camera: this.#camera.name,
            bufferedEnd: endOf(this.#video.buffered),
            currentTime: this.#video.currentTime,
            gapMs,
            lagMs: gapMs,
            decodedFrames: totalVideoFrames,
            droppedFrames: droppedVideoFrames,
            reconnects: this.#reconnects,
            rebuilds: 0,
            appendedSegments: 0,
            playbackRate: this.#video.playbackRate,
            mimeType: "",
            turnedDegrees: 0,
        };
    }

    #open() {
        if (!this.#isOpen) {
            this.#isOpen = true;
            this.#openedMs = this.#progressMs = performance.now();
            this.#video.src = this.#address;
            this.#attention.play();
        }
        this.#tellState();
    }

    #close() {
        clearTimeout(this.#timer);
        this.#isOpen = false;
        this.#video.removeAttribute("src");
        this.#video.load();
        this.#tellState();
    }

    #onError = () => {
        this.#lossReason = this.#video.error?.message || "the stream cannot be played";
        this.#reconnects++;
        if (performance.now() - this.#openedMs > SOON_MS) {
            this.#delay.reset();
        }
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => {
            this.#isOpen = false;
            this.#open();
        }, this.#delay.next());
        this.#tellState();
    };

    #onProgress = () => {
        this.#progressMs = performance.now();
        this.#lossReason = "";
        this.#tellState();
    };

    #tellState() {
        const state = stateOf({
            isRunning: this.#isRunning,
            hasFailed: false,
            isPlayWanted: this.#attention.isPlayWanted,
            isResting: this.#attention.isResting,
            isConnected: this.#video.readyState >= HTMLMediaElement.HAVE_METADATA,
            wasLost: this.#lossReason !== "",
            silentMs: performance.now() - this.#progressMs,
            hasPicture: this.#video.videoWidth > 0,
        });
        if (state !== this.#state) {
            this.#state = state;
            this.dispatchEvent(new Event("statechange"));
        }
    }
}

/** @param {string} url of the WebSocket, with the camera's name after the first word of its path, or without for the first */
function hlsAddress(url) {
    const address = new URL(url);
    const camera = address.pathname.split("/")[2];
    address.protocol = address.protocol.replace("ws", "http");
    return new URL(camera ? `/hls/${camera}/index.m3u8` : "/hls/index.m3u8", address).href;
}
