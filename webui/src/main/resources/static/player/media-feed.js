import { AppendQueue } from "./append-queue.js";
import { BackOff } from "./back-off.js";
import { attachMediaSource } from "./media-source.js";
import { kindOf, rotationOf } from "./segment.js";

/** A media source that fails sooner than this is replaced after a longer delay than the one before it. */
const SOON_MS = 10_000;

/**
 * @typedef {object} FeedListener
 * @property {(reason: string) => void} onBroken the media source is of no use any more
 * @property {() => void} onDue it is time to {@link MediaFeed#build}
 * @property {(message: string) => void} onUnsupported the browser cannot play what comes
 * @property {(segments: number) => void} onAppended media segments that have just become playable
 * @property {(degrees: number) => void} onRotation how far the pictures that follow are to be turned, clockwise
 */

/**
 * Brings messages to the picture: gives the video element a media source, another after a while when that has failed, and
 * feeds its append queue.
 */
export class MediaFeed {
    #video;
    #listener;
    #delay = new BackOff(500, 5_000);
    /** @type {AppendQueue | null} */ #queue = null;
    #isNewTimeline = true;
    #rotation = -1;
    #builtMs = -Infinity;
    #timer = 0;
    #rebuilds = 0;

    /** @param {HTMLVideoElement} video @param {FeedListener} listener */
    constructor(video, listener) {
        this.#video = video;
        this.#listener = listener;
    }

    /** Whether a message has come since {@link startTimeline}. */
    get hasBegun() {
        return !this.#isNewTimeline;
    }

    /** Whether the next media source is being waited for. */
    get isBroken() {
        return this.#timer !== 0;
    }

    /** Media sources replaced because they had failed. */
    get rebuilds() {
        return this.#rebuilds;
    }

    /** The MIME type with codec string in force, empty before the first initialization segment. */
    get mimeType() {
        return this.#queue?.mimeType ?? "";
    }

    /** Gives the video a new media source. @throws {DOMException} where the browser has none */
    build() {
        this.cancel();
        this.#builtMs = performance.now();
        this.#attach();
    }

    /** Lets another media source be built, soon. */
    rebuild() {
        if (this.isBroken) {
            return;
        }
        if (performance.now() - this.#builtMs > SOON_MS) {
            this.#delay.reset();
        }
        this.#rebuilds++;
        this.#timer = window.setTimeout(() => this.#listener.onDue(), this.#delay.next());
    }

    /** Leaves it at the media source there is. */
    cancel() {
        clearTimeout(this.#timer);
        this.#timer = 0;
    }

    /** What comes next is of a new connection, whose times start near 0 again. */
    startTimeline() {
        this.#isNewTimeline = true;
    }

    /** @param {Uint8Array} message of the server */
    push(message) {
        if (kindOf(message) === "init") {
            this.#turn(rotationOf(message));
        }
        const startsTimeline = this.#isNewTimeline;
        this.#isNewTimeline = false;
        this.#queue?.push(message, startsTimeline);
    }

    /**
     * A media source keeps the turn that it began with: given another, Chromium turns the picture within the shape of the one
     * before (Chromium 156, seen 2026-11).
     *
     * @param {number} degrees
     */
    #turn(degrees) {
        if (degrees === this.#rotation) {
            return;
        }
        if (this.#rotation >= 0) {
            this.#attach();
        }
        this.#rotation = degrees;
        this.#listener.onRotation(degrees);
    }

    #attach() {
        this.#rotation = -1;
        this.startTimeline();
        const mediaSource = attachMediaSource(this.#video, () => queue.pump());
        const queue = new AppendQueue(mediaSource, this.#video, {
            onAppended: (segments) => this.#listener.onAppended(segments),
            onUnsupported: (message) => this.#listener.onUnsupported(message),
            onFailed: (message) => this.#listener.onBroken(message),
        });
        this.#queue = queue;
    }
}
