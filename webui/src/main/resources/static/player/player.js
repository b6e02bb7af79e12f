import { endOf } from "./append-queue.js";
import { Attention } from "./attention.js";
import { HlsPlayer } from "./hls-player.js";
import { LiveEdge } from "./live-edge.js";
import { MediaFeed } from "./media-feed.js";
import { CHECK_MS, Socket } from "./socket.js";
import { stateOf } from "./state.js";
import { Turn } from "./turn.js";
import { Watchdog } from "./watchdog.js";

/**
 * @typedef {object} Stats
 * @property {import("./state.js").State} state
 * @property {string} reason why, in words, or empty
 * @property {string} camera what the server calls it, empty before it has said
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
 * @property {number} turnedDegrees how far the picture is turned by the player, clockwise; 0 where the browser does it
 */

/** @typedef {Player | HlsPlayer} AnyPlayer */

/**
 * The player that the browser can do.
 *
 * @param {HTMLVideoElement} video
 * @param {import("./camera.js").Camera} camera
 * @returns {Promise<AnyPlayer>}
 */
export async function playerFor(video, camera) {
    if (!HlsPlayer.isNeededFor(video)) {
        return new Player(video, camera);
    }
    if (!camera.url) {
        await camera.ask();
    }
    return new HlsPlayer(video, camera);
}

/**
 * Plays one camera in one video element, live, until it is stopped: socket -> media feed -> live edge. Fires
 * `statechange`, also when only the reason is another. A lost connection keeps the media source, so the last picture stays;
 * a media source that has failed is replaced, with the last picture as the poster meanwhile. A camera that is away is waited
 * for on the same connection.
 */
export class Player extends EventTarget {
    #video;
    #camera;
    #socket;
    #attention;
    #liveEdge;
    #watchdog;
    #turn;
    #feed;
    #isRunning = false;
    #failure = "";
    #lossReason = "";
    #lastMediaMs = 0;
    #ticker = 0;
    #counts = { reconnects: 0, appendedSegments: 0 };
    /** @type {import("./state.js").State} */ #state = "stopped";
    #toldReason = "";

    /** @param {HTMLVideoElement} video @param {import("./camera.js").Camera} camera */
    constructor(video, camera) {
        super();
        this.#video = video;
        this.#camera = camera;
        this.#liveEdge = new LiveEdge(video);
        this.#turn = new Turn(video);
        this.#feed = new MediaFeed(video, {
            onDue: () => this.#build(),
            onBroken: (reason) => this.#rebuild(reason),
            onUnsupported: (message) => this.#fail(message),
            onAppended: (segments) => this.#appended(segments),
            onRotation: (degrees) => this.#turned(degrees),
        });
        this.#watchdog = new Watchdog(video, () => this.#rebuild("the decoder stood still"));
        this.#attention = new Attention(video, {
            onWatched: () => this.#watched(),
            onResting: () => this.#disconnect(),
            onPaused: () => this.#tellState(),
        });
        this.#socket = new Socket(() => camera.url, {
            onOpen: () => this.#connected(),
            onMessage: (message) => this.#feed.push(message),
            onDown: (reason) => this.#disconnected(reason),
        });
    }

    get state() {
        return this.#state;
    }

    /** Why it is in this state, in words; empty when there is nothing to say. */
    get reason() {
        switch (this.#state) {
            case "failed":
                return this.#failure;
            case "waiting":
                return this.#camera.reason;
            case "reconnecting":
                return this.#camera.reason || this.#lossReason;
            default:
                return "";
        }
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
        this.#ticker = window.setInterval(() => this.#tick(), CHECK_MS);
        this.#attention.start();
        this.#build();
    }

    /** Leaves the last picture where it is. {@link start} goes on. */
    stop() {
        this.#isRunning = false;
        this.#attention.stop();
        clearInterval(this.#ticker);
        this.#feed.cancel();
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
            camera: this.#camera.name,
            bufferedEnd: endOf(this.#video.buffered),
            currentTime: this.#video.currentTime,
            gapMs: this.#liveEdge.gapSeconds * 1_000,
            lagMs: this.#liveEdge.lagSeconds * 1_000,
            decodedFrames: totalVideoFrames,
            droppedFrames: droppedVideoFrames,
            ...this.#counts,
            rebuilds: this.#feed.rebuilds,
            playbackRate: this.#video.playbackRate,
            mimeType: this.#feed.mimeType,
            turnedDegrees: this.#turn.degrees,
        };
    }

    // The media source

    #build() {
        this.#failure = "";
        this.#video.autoplay = this.#attention.isPlayWanted;
        try {
            this.#feed.build();
        } catch (error) {
            this.#fail(/** @type {DOMException} */ (error).message);
            return;
        }
        this.#connect();
        this.#attention.play();
    }

    /** @param {string} reason */
    #rebuild(reason) {
        if (this.#isRunning && !this.#failure && !this.#feed.isBroken) {
            this.#lossReason = reason;
            this.#feed.rebuild();
            this.#disconnect();
        }
    }

    /** @param {number} degrees how far the pictures are to be turned from now on: the media source is new, too */
    #turned(degrees) {
        this.#turn.show(degrees);
        this.#attention.play();
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
            if (this.#camera.url) {
                this.#socket.open();
            } else {
                this.#askServer();
            }
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
        this.#feed.startTimeline();
        this.#lastMediaMs = performance.now();
        this.#tellState();
    }

    /** @param {string} reason */
    #disconnected(reason) {
        this.#counts.reconnects++;
        this.#lossReason = reason;
        this.#tellState();
        this.#askServer();
    }

    /** Why is there no picture, and is the camera at another address by now? */
    async #askServer() {
        const { url } = this.#camera;
        await this.#camera.ask();
        if (this.#camera.url !== url && this.#isRunning) {
            this.#goOn();
        }
        this.#tellState();
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
        this.#goOn();
        if (this.autoSkip) {
            this.#liveEdge.jump();
        }
    }

    /** Connects at once, if a connection is of use. */
    #goOn() {
        if (!this.#failure && !this.#feed.isBroken && !this.#attention.isResting) {
            this.#connect();
            this.#socket.hurry();
        }
    }

    #onOnline = () => this.#socket.hurry();

    #tick() {
        this.#socket.check();
        this.#watchdog.check();
        this.#tellState();
        if (["connecting", "waiting", "reconnecting"].includes(this.#state)) {
            this.#askServer();
        }
    }

    #tellState() {
        const state = stateOf({
            isRunning: this.#isRunning,
            hasFailed: this.#failure !== "",
            isPlayWanted: this.#attention.isPlayWanted,
            isResting: this.#attention.isResting,
            isConnected: this.#socket.isOpen,
            wasLost: this.#lossReason !== "",
            silentMs: performance.now() - this.#lastMediaMs,
            hasPicture: this.#feed.hasBegun && this.#video.videoWidth > 0,
        });
        const hasChanged = state !== this.#state;
        this.#state = state;
        if (hasChanged || this.reason !== this.#toldReason) {
            this.#toldReason = this.reason;
            this.dispatchEvent(new Event("statechange"));
        }
    }
}
