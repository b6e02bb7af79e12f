import { BackOff } from "./back-off.js";

/** How long the server may take for an answer. */
const PATIENCE_MS = 5_000;
/** A server that answers is asked again after this at the soonest, one that does not after up to so much. */
const ASK_AGAIN_MS = 2_000;
const LONGEST_DELAY_MS = 5_000;

/**
 * @typedef {object} CameraStatus one camera of /api/status
 * @property {string} name
 * @property {string} state starting, playing, waiting or stalled
 * @property {string} reason why, in words
 * @property {Record<string, string | undefined>} addresses by transport: a path on the server, or a URL
 */

/** @param {string} statusUrl @returns {Promise<CameraStatus[] | null>} in the server's order; null when it does not say */
export async function camerasOf(statusUrl) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
        const answer = await fetch(statusUrl, { signal: patience.signal });
        return answer.ok ? (await answer.json()).cameras : null;
    } catch {
        return null;
    } finally {
        clearTimeout(timer);
    }
}

/** One camera of a server: where its WebSocket is and how it does, as the server says at /api/status. */
export class Camera {
    #statusUrl;
    #name;
    #isAddressGiven;
    #url;
    #nameSaid = "";
    #isAsking = false;
    #askAgainMs = 0;
    #delay = new BackOff(1_000, LONGEST_DELAY_MS);
    /** @type {CameraStatus[] | null} null when the server has not said */ #cameras = null;

    /**
     * @param {string} statusUrl
     * @param {string} name of the camera, empty for the server's first
     * @param {string} url of its WebSocket, empty when that is for the server to say
     */
    constructor(statusUrl, name, url) {
        this.#statusUrl = statusUrl;
        this.#name = name;
        this.#isAddressGiven = url !== "";
        this.#url = url;
    }

    /** The address of its WebSocket, as far as it is known: empty before the first answer to {@link ask}. */
    get url() {
        return this.#url;
    }

    /** What the server called it last; before it has said, what it was asked for. */
    get name() {
        return this.#nameSaid || this.#name;
    }

    /** Why there is no picture, in words; empty when the server does not say. */
    get reason() {
        if (this.#cameras && !this.#status) {
            const names = this.#cameras.map(({ name }) => name).join(", ") || "none";
            return `the server has no camera ${this.#isAddressGiven ? "at this address" : this.#name}; there is: ${names}`;
        }
        const { state, reason } = this.#status ?? { state: "playing", reason: "" };
        return state === "playing" ? "" : `the camera ${state === "starting" ? "starts" : "is away"}: ${reason}`;
    }

    /** Asks the server, unless that was done just now; what is known is up to date when the promise is kept. */
    async ask() {
        if (this.#isAsking || performance.now() < this.#askAgainMs) {
            return;
        }
        this.#isAsking = true;
        this.#cameras = await camerasOf(this.#statusUrl);
        this.#isAsking = false;
        if (this.#cameras) {
            this.#delay.reset();
        }
        this.#askAgainMs = performance.now() + (this.#cameras ? ASK_AGAIN_MS : this.#delay.next());
        this.#nameSaid = this.#status?.name ?? this.#nameSaid;
        if (!this.#isAddressGiven) {
            this.#url = this.#addressSaid() ?? (this.#url || this.#usualAddress());
        }
    }

    get #status() {
        if (!this.#isAddressGiven) {
            return this.#name ? this.#cameras?.find(({ name }) => name === this.#name) : this.#cameras?.[0];
        }
        const path = new URL(this.#url).pathname.replace(/\/$/, "");
        return this.#cameras?.find(({ name, addresses }, i) => {
            const address = addresses.websocket ?? `/${name}`;
            return path.endsWith(address) || (i === 0 && `${path}/${name}`.endsWith(address)); // the first needs no name
        });
    }

    #addressSaid() {
        const address = this.#status?.addresses.websocket;
        return address && this.#webSocket(address.replace(/^\//, ""));
    }

    /** For a server that does not say. */
    #usualAddress() {
        return this.#webSocket(this.#name ? `video_websocket/${this.#name}` : "video_websocket");
    }

    /** @param {string} address a URL, or a path from where the server's files are, which may be behind a proxy's prefix */
    #webSocket(address) {
        const url = new URL(address, new URL("..", this.#statusUrl));
        url.protocol = url.protocol.replace(/^http/, "ws");
        return url.href;
    }
}
