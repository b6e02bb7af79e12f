import { BackOff } from "./back-off.js";

const CONNECT_TIMEOUT_MS = 5_000;
/** How often {@link Socket.check} is to be called. */
export const CHECK_MS = 1_000;
/** Quiet for so long, the server is asked for a sign of life. */
const QUIET_MS = 3_000;

/**
 * @typedef {object} SocketListener
 * @property {() => void} onOpen each time a connection is there
 * @property {(message: Uint8Array) => void} onMessage
 * @property {(reason: string) => void} onDown the connection is lost or was refused; another attempt follows by itself
 */

/** A WebSocket that comes back by itself: after 0.25 s, doubling to 5 s, each shortened by up to half at random. */
export class Socket {
    #address;
    #listener;
    /** @type {WebSocket | null} */ #socket = null;
    #delay = new BackOff(250, 5_000);
    #patience = new BackOff(5_000, 60_000);
    #quietMs = 0;
    #timer = 0;
    #isWanted = false;

    /** @param {() => string} address asked each time that a connection is made @param {SocketListener} listener */
    constructor(address, listener) {
        this.#address = address;
        this.#listener = listener;
    }

    get isOpen() {
        return this.#socket?.readyState === WebSocket.OPEN;
    }

    /** Connects, unless connected or waiting to be. @throws {DOMException} when the browser forbids the address */
    open() {
        if (!this.#isWanted) {
            this.#isWanted = true;
            this.#delay.reset();
            this.#connect();
        }
    }

    close() {
        this.#isWanted = false;
        this.#drop();
    }

    /** The network is back, or somebody looks again: cuts a wait short, or finds out whether the connection still lives. */
    hurry() {
        if (this.isOpen) {
            this.#ask();
        } else if (this.#isWanted && !this.#socket) {
            this.#delay.reset();
            this.#drop();
            this.#connect();
        }
    }

    /**
     * Replaces a connection that died without a word, as one does whose network is gone, and leaves one alone on which the
     * server only has nothing to send. Browsers do not tell a page of the server's pings, so it is asked.
     *
     * The time is counted in calls: a page that stood still for a while has not read yet what has come meanwhile.
     */
    check() {
        if (!this.isOpen) {
            return;
        }
        this.#quietMs += CHECK_MS;
        if (this.#quietMs === QUIET_MS) {
            this.#ask();
        } else if (this.#quietMs > QUIET_MS + this.#patience.ms) {
            this.#patience.next();
            this.#lost("the server cannot be heard any more");
        }
    }

    /** The server answers an empty text message with another. */
    #ask() {
        this.#quietMs = Math.max(this.#quietMs, QUIET_MS);
        this.#socket?.send("");
    }

    #connect() {
        const socket = new WebSocket(this.#address());
        socket.binaryType = "arraybuffer";
        socket.onopen = () => {
            clearTimeout(this.#timer);
            this.#quietMs = 0;
            this.#listener.onOpen();
        };
        socket.onmessage = ({ data }) => this.#received(data);
        socket.onclose = ({ code, reason }) => this.#lost(inWords(code, reason));
        this.#socket = socket;
        this.#timer = window.setTimeout(() => this.#lost("no answer"), CONNECT_TIMEOUT_MS);
    }

    /** @param {ArrayBuffer | string} data text is an answer only */
    #received(data) {
        this.#quietMs = 0;
        this.#delay.reset();
        if (typeof data === "string") {
            return;
        }
        this.#patience.reset();
        this.#listener.onMessage(new Uint8Array(data));
    }

    /** @param {string} reason */
    #lost(reason) {
        this.#drop();
        this.#timer = window.setTimeout(() => this.#connect(), this.#delay.next() * (0.5 + Math.random() / 2));
        this.#listener.onDown(reason);
    }

    #drop() {
        clearTimeout(this.#timer);
        if (this.#socket) {
            this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
            this.#socket.close();
            this.#socket = null;
        }
    }
}

/** @param {number} code of RFC 6455 7.4.1 @param {string} reason the server's own words @returns {string} */
function inWords(code, reason) {
    const words = new Map([
        [1000, "the server closed the connection"],
        [1001, "the server is stopping"],
        [1006, "the server cannot be reached"],
        [1008, "the server refused"],
        [1011, "the server has failed"],
        [1013, "the server is busy"],
    ]);
    return reason || words.get(code) || `closed with code ${code}`;
}
