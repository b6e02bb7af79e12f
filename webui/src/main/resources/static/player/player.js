import { AppendQueue, endOf } from "./append-queue.js";
import { Attention } from "./attention.js";
import { BackOff } from "./back-off.js";
import { LiveEdge } from "./live-edge.js";
import { attachMediaSource } from "./media-source.js";
import { Socket } from "./socket.js";
import { Watchdog } from "./watchdog.js";

/** Connected but without a picture for longer than this is worth a word. */
const NO_PICTURE_MS = 2_000;
/** A media source that fails sooner than this is replaced after a longer delay than the one before it. */
const SOON_MS = 10_000;

/**
 * @typedef {"connecting" | "live" | "waiting" | "reconnecting" | "paused" | "hidden" | "failed" | "stopped"} State
 *   "waiting": connected, but no picture comes
 */

/**
 * @typedef {object} Stats
 * @property {State} state
 * @property {string} reason why, in words, or empty
 * @property {number} bufferedEnd the live edge in seconds of media time
 * @property {number} currentTime the playhead in seconds of media time
 * @property {number} gapMs from the playhead to the live edge now
 * @property {number} lagMs its mean over half a second
 * @property {number} decodedFrames of the media source in use
 * @property {number} droppedFrames decoded too late to be shown
 * @property {number} reconnects connections lost
 * @property {number} rebuilds media sources replaced
 * @property {number} appendedSegments media segments since start
 * @property {number} playbackRate
 * @property {string} mimeType with the codec string, empty before the first picture
 */

/**
 * Plays one camera in one video element, live, until it is stopped: socket -> append queue -> live edge. Fires
 * `statechange`. A lost connection keeps the media source, so the last picture stays; a media source that has failed is
 * replaced, with the last picture as the poster meanwhile.
 */
export class Player extends EventTarget {
    #video;
    #socket;
    #attention;
    #liveEdge;
    #watchdog;
    #rebuildDelay = new BackOff(500, 5_000);
    /** @type {AppendQueue | null} */ #queue = null;
    /** @type {Uint8Array[]} messages that came before the media source was open */ #early = [];
    #isRunning = false;
    #isNewTimeline = true;
    #failure = "";
    #lossReason = "";
    #lastMediaMs = 0;
    #builtMs = -Infinity;
    #ticker = 0;
    #rebuildTimer = 0;
    #counts = { reconnects: 0, rebuilds: 0, appendedSegments: 0 };
    /** @type {State} */ #state = "stopped";

    /** @param {HTMLVideoElement} video @param {string} url of the WebSocket */
    constructor(video, url) {
        super();
        this.#video = video;
        this.#liveEdge = new LiveEdge(video);
        this.#watchdog = new Watchdog(video, () => this.#rebuild("the decoder stood still"));
        this.#attention = new Attention(video, {
            onWatched: () => this.#watched(),
            onResting: () => this.#disconnect(),
            onPaused: () => this.#tellState(),
        });
        this.#socket = new Socket(url, {
            onOpen: () => this.#connected(),
            onMessage: (message) => this.#received(message),
            onDown: (reason) => this.#disconnected(reason),
        });
    }

    get state() {
        return this.#state;
    }

    /** Why it is in this state, in words; empty when there is nothing to say. */
    get reason() {
        return this.#failure || this.#lossReason;
    }

    /** Whether the playhead is kept at the live edge. */
    get autoSkip() {
        return this.#liveEdge.isFollowing;
    }

    set autoSkip(isFollowing) {
        this.#liveEdge.isFollowing = isFollowing;
        if (isFollowing) {
            this.#liveEdge.jump();
        }
    }

    /** Starts playing; there is no need to call it twice. */
    start() {
        if (this.#isRunning) {
            return;
        }
        this.#isRunning = true;
        this.#video.muted = true; // without it browsers refuse to play before a click; there is no sound anyway
        this.#video.playsInline = true;
        this.#video.addEventListener("error", this.#onError);
        window.addEventListener("online", this.#onOnline);
        this.#ticker = window.setInterval(() => this.#tick(), 1_000);
        this.#attention.start();
        this.#build();
    }

    /** Leaves the last picture where it is. {@link start} goes on. */
    stop() {
        this.#isRunning = false;
        this.#attention.stop();
        clearInterval(this.#ticker);
        this.#cancelRebuild();
        this.#video.removeEventListener("error", this.#onError);
        window.removeEventListener("online", this.#onOnline);
        this.#disconnect();
    }

    /** Connects and builds anew, also after a failure. */
    reset() {
        this.stop();
        this.start();
    }

    /** @returns {Stats} */
    stats() {
        const { totalVideoFrames, droppedVideoFrames } = this.#video.getVideoPlaybackQuality();
        return {
            state: this.#state,
            reason: this.reason,
            bufferedEnd: endOf(this.#video.buffered),
            currentTime: this.#video.currentTime,
            gapMs: this.#liveEdge.gapSeconds * 1_000,
            lagMs: this.#liveEdge.lagSeconds * 1_000,
            decodedFrames: totalVideoFrames,
            droppedFrames: droppedVideoFrames,
            ...this.#counts,
            playbackRate: this.#video.playbackRate,
            mimeType: this.#queue?.mimeType ?? "",
        };
    }

    // The media source

    #build() {
        this.#cancelRebuild();
        this.#builtMs = performance.now();
        this.#failure = "";
        this.#queue = null;
        this.#early = [];
        this.#video.autoplay = this.#attention.isPlayWanted;
        try {
            attachMediaSource(this.#video, (mediaSource) => this.#opened(mediaSource));
        } catch (error) {
            this.#fail(/** @type {DOMException} */ (error).message);
            return;
        }
        this.#connect();
        this.#attention.play();
    }

    /** @param {MediaSource} mediaSource */
    #opened(mediaSource) {
        this.#queue = new AppendQueue(mediaSource, this.#video, {
            onAppended: (segments) => this.#appended(segments),
            onUnsupported: (message) => this.#fail(message),
            onFailed: (message) => this.#rebuild(message),
        });
        this.#early.splice(0).forEach((message) => this.#push(message));
    }

    /** @param {string} reason */
    #rebuild(reason) {
        if (!this.#isRunning || this.#failure || this.#rebuildTimer) {
            return;
        }
        if (performance.now() - this.#builtMs > SOON_MS) {
            this.#rebuildDelay.reset();
        }
        this.#counts.rebuilds++;
        this.#lossReason = reason;
        this.#rebuildTimer = window.setTimeout(() => this.#build(), this.#rebuildDelay.next());
        this.#disconnect();
    }

    #cancelRebuild() {
        clearTimeout(this.#rebuildTimer);
        this.#rebuildTimer = 0;
    }

    /** @param {string} message */
    #fail(message) {
        this.#failure = message;
        this.#disconnect();
    }

    #onError = () => {
        console.warn(`BerryMSE: ${this.#video.error?.message}`);
        this.#rebuild("the video could not be decoded");
    };

    // The connection

    #connect() {
        try {
            this.#socket.open();
        } catch (error) {
            this.#fail(/** @type {DOMException} */ (error).message);
        }
        this.#tellState();
    }

    #disconnect() {
        this.#socket.close();
        this.#tellState();
    }

    #connected() {
        this.#early = [];
        this.#isNewTimeline = true;
        this.#lastMediaMs = performance.now();
        this.#tellState();
    }

    /** @param {string} reason */
    #disconnected(reason) {
        this.#counts.reconnects++;
        this.#lossReason = reason;
        this.#early = [];
        this.#tellState();
    }

    /** @param {Uint8Array} message */
    #received(message) {
        if (this.#queue) {
            this.#push(message);
        } else {
            this.#early.push(message);
        }
    }

    /** @param {Uint8Array} message */
    #push(message) {
        const startsTimeline = this.#isNewTimeline;
        this.#isNewTimeline = false;
        this.#queue?.push(message, startsTimeline);
    }

    /** @param {number} segments */
    #appended(segments) {
        this.#counts.appendedSegments += segments;
        this.#lastMediaMs = performance.now();
        this.#lossReason = "";
        this.#watchdog.fed();
        this.#liveEdge.update(segments);
        if (this.#state !== "live") {
            this.#tellState();
        }
    }

    // The viewer

    #watched() {
        if (this.#failure || this.#rebuildTimer) {
            return;
        }
        this.#connect();
        this.#socket.hurry();
        if (this.autoSkip) {
            this.#liveEdge.jump();
        }
    }

    #onOnline = () => this.#socket.hurry();

    #tick() {
        this.#socket.check();
        this.#watchdog.check();
        this.#tellState();
    }

    #tellState() {
        const state = this.#presentState();
        if (state !== this.#state) {
            this.#state = state;
            this.dispatchEvent(new Event("statechange"));
        }
    }

    /** @returns {State} */
    #presentState() {
        if (!this.#isRunning) {
            return "stopped";
        }
        if (this.#failure) {
            return "failed";
        }
        if (!this.#attention.isPlayWanted) {
            return "paused";
        }
        if (this.#attention.isResting) {
            return "hidden";
        }
        if (!this.#socket.isOpen) {
            return this.#lossReason ? "reconnecting" : "connecting";
        }
        const isSilent = performance.now() - this.#lastMediaMs > NO_PICTURE_MS;
        const hasPicture = !this.#isNewTimeline && this.#video.videoWidth > 0;
        return isSilent ? "waiting" : hasPicture ? "live" : "connecting";
    }
}
