import { kindOf, mimeTypeOf, sameBytes } from "./segment.js";

/** Played video that is kept, and how much more may gather before it is removed. */
const KEPT_PAST_SECONDS = 10;
const TRIM_STEP_SECONDS = 5;
/** Beyond this much, a page that cannot keep up goes on at the newest sync sample. */
const MOST_CHUNKS = 300;
const MOST_BYTES = 16 << 20;
/** Waiting media segments are appended together, up to about this much at a time. */
const APPEND_BYTES = 1 << 20;

/** @typedef {{bytes: Uint8Array, kind: import("./segment.js").Kind, startsTimeline: boolean}} Chunk */

/**
 * @typedef {object} AppendListener
 * @property {(segments: number) => void} onAppended media segments that have just become playable
 * @property {(message: string) => void} onUnsupported the browser cannot play what comes
 * @property {(message: string) => void} onFailed the media source is of no use any more
 */

/**
 * Feeds one source buffer, one append at a time, and keeps it small. One queue serves one media source, and waits while that
 * is not open yet.
 */
export class AppendQueue {
    #mediaSource;
    #video;
    #listener;
    /** @type {SourceBuffer | null} */ #sourceBuffer = null;
    /** @type {Chunk[]} */ #chunks = [];
    #queuedBytes = 0;
    #isAwaitingSync = false;
    /** @type {Uint8Array | null} */ #init = null;
    #mimeType = "";
    #appending = 0;

    /** @param {MediaSource} mediaSource @param {HTMLVideoElement} video @param {AppendListener} listener */
    constructor(mediaSource, video, listener) {
        this.#mediaSource = mediaSource;
        this.#video = video;
        this.#listener = listener;
    }

    /** The MIME type with codec string in force, empty before the first initialization segment. */
    get mimeType() {
        return this.#mimeType;
    }

    /**
     * @param {Uint8Array} bytes one message of the server
     * @param {boolean} startsTimeline the first of a connection, whose times start near 0 again
     */
    push(bytes, startsTimeline) {
        const kind = kindOf(bytes);
        if (kind === "delta" && this.#isAwaitingSync) {
            return;
        }
        this.#isAwaitingSync &&= kind !== "sync";
        this.#chunks.push({ bytes, kind, startsTimeline });
        this.#queuedBytes += bytes.length;
        if (this.#chunks.length > MOST_CHUNKS || this.#queuedBytes > MOST_BYTES) {
            this.#dropToNewestSync();
        }
        this.pump();
    }

    /** Never a picture whose reference was dropped, and always the initialization segment that it needs. */
    #dropToNewestSync() {
        const kinds = this.#chunks.map(({ kind }) => kind);
        const newest = kinds.lastIndexOf("sync");
        const needed = kinds.lastIndexOf("init", newest < 0 ? Infinity : newest);
        if (needed >= 0) {
            this.#chunks[needed].startsTimeline = this.#chunks.slice(0, needed + 1).some(({ startsTimeline }) => startsTimeline);
        }
        this.#chunks = this.#chunks.filter((_, i) => i === needed || (newest >= 0 && i >= newest));
        this.#queuedBytes = this.#chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
        this.#isAwaitingSync = newest < 0;
    }

    /** Appends what waits, if it can: to be called when the media source opens, and otherwise done by itself. */
    pump() {
        const { readyState, duration } = this.#mediaSource;
        // open, but without a duration: whoever waits for it to open has not been told yet, and may not set one meanwhile
        const isOpen = readyState === "open" && !Number.isNaN(duration);
        if (this.#sourceBuffer?.updating || this.#chunks.length === 0 || !isOpen) {
            return;
        }
        try {
            if (this.#chunks[0].kind === "init") {
                this.#appendInit(this.#chunks[0]);
            } else if (this.#sourceBuffer && !this.#removePast(this.#sourceBuffer, KEPT_PAST_SECONDS, TRIM_STEP_SECONDS)) {
                this.#appendMedia(this.#sourceBuffer);
            }
        } catch (error) {
            this.#recover(/** @type {DOMException} */ (error));
        }
    }

    /** @param {Chunk} chunk */
    #appendInit({ bytes, startsTimeline }) {
        const mimeType = mimeTypeOf(bytes);
        if (!mimeType || !/** @type {typeof MediaSource} */ (this.#mediaSource.constructor).isTypeSupported(mimeType)) {
            throw new DOMException(`This browser cannot play ${mimeType ?? "what the server sends"}.`, "NotSupportedError");
        }
        const sourceBuffer = (this.#sourceBuffer ??= this.#addSourceBuffer(mimeType));
        if (this.#mimeType && mimeType !== this.#mimeType) {
            sourceBuffer.changeType(mimeType); // throws where it is missing: then the player builds anew
        }
        if (startsTimeline) {
            // The new connection goes on where the old one ended: the same media source, the last picture stays.
            sourceBuffer.timestampOffset = endOf(sourceBuffer.buffered);
        }
        this.#mimeType = mimeType;
        this.#takeOff(1);
        if (sameBytes(this.#init, bytes)) {
            this.pump(); // Safari flashes black at a redundant one (OpenIPC/majestic-webui#380, seen 2026-11)
        } else {
            this.#init = bytes;
            sourceBuffer.appendBuffer(bytes);
        }
    }

    /** @param {string} mimeType */
    #addSourceBuffer(mimeType) {
        const sourceBuffer = this.#mediaSource.addSourceBuffer(mimeType);
        sourceBuffer.mode = "segments";
        sourceBuffer.addEventListener("updateend", () => this.#updated());
        sourceBuffer.addEventListener("error", () => this.#listener.onFailed("the video could not be parsed"));
        return sourceBuffer;
    }

    /** @param {SourceBuffer} sourceBuffer */
    #appendMedia(sourceBuffer) {
        let count = 0;
        let size = 0;
        while (count < this.#chunks.length && this.#chunks[count].kind !== "init" && (count === 0 || size < APPEND_BYTES)) {
            size += this.#chunks[count++].bytes.length;
        }
        sourceBuffer.appendBuffer(count === 1 ? this.#chunks[0].bytes : joined(this.#chunks.slice(0, count), size));
        this.#takeOff(count);
        this.#appending = count;
    }

    #updated() {
        const appended = this.#appending;
        this.#appending = 0;
        if (appended > 0) {
            this.#listener.onAppended(appended);
        }
        this.pump();
    }

    /**
     * @param {SourceBuffer} sourceBuffer @param {number} keptSeconds @param {number} stepSeconds the least worth removing
     * @returns {boolean} whether a removal has begun
     */
    #removePast(sourceBuffer, keptSeconds, stepSeconds) {
        const to = this.#video.currentTime - keptSeconds;
        const { buffered } = sourceBuffer;
        const isWorthIt = buffered.length > 0 && to - buffered.start(0) > stepSeconds;
        if (isWorthIt) {
            sourceBuffer.remove(0, to);
        }
        return isWorthIt;
    }

    /**
     * A full source buffer throws, at a limit that cannot be asked for: remove what is past and append the same chunk again
     * (https://developer.chrome.com/blog/quotaexceedederror, read 2026-11).
     *
     * @param {DOMException} error
     */
    #recover(error) {
        const isFull = error.name === "QuotaExceededError";
        if (error.name === "NotSupportedError" && !this.#sourceBuffer) {
            this.#listener.onUnsupported(error.message);
        } else if (!isFull || !this.#sourceBuffer || !this.#removePast(this.#sourceBuffer, 1, 0)) {
            this.#listener.onFailed(error.message);
        }
    }

    /** @param {number} count */
    #takeOff(count) {
        for (const { bytes } of this.#chunks.splice(0, count)) {
            this.#queuedBytes -= bytes.length;
        }
    }
}

/** @param {TimeRanges} buffered @returns {number} seconds, 0 when nothing is buffered */
export function endOf(buffered) {
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
}

/** @param {Chunk[]} chunks @param {number} size @returns {Uint8Array} */
function joined(chunks, size) {
    const all = new Uint8Array(size);
    let at = 0;
    for (const { bytes } of chunks) {
        all.set(bytes, at);
        at += bytes.length;
    }
    return all;
}
