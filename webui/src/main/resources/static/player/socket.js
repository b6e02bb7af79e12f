import { BackOff } from "./back-off.js";

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * @typedef {object} SocketListener
 * @property {() => void} onOpen each time a connection is there
 * @property {(message: Uint8Array) => void} onMessage
 * @property {(reason: string) => void} onDown the connection is lost or was refused; another attempt follows by itself
 */

/** A WebSocket that comes back by itself: after 0.25 s, doubling to 5 s, each shortened by up to half at random. */
export class Socket {
    #url;
    #listener;
    /** @type {WebSocket | null} */ #socket = null;
    #delay = new BackOff(250, 5_000);
    #silence = new BackOff(15_000, 60_000);
    #lastMessageMs = 0;
    #timer = 0;
    #isWanted = false;

    /** @param {string} url @param {SocketListener} listener */
    constructor(url, listener) {
        this.#url = url;
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

    /** Cuts a wait short: the network is back, or somebody is looking again. */
    hurry() {
        if (this.#isWanted && !this.#socket) {
            this.#delay.reset();
            this.#drop();
            this.#connect();
        }
    }

    /** To be called about once a second: a connection that died without a word is replaced. */
    check() {
        if (this.isOpen && performance.now() - this.#lastMessageMs > this.#silence.ms) {
            this.#silence.next();
            this.#lost("nothing came for a while");
        }
    }

    #connect() {
        const socket = new WebSocket(this.#url);
        socket.binaryType = "arraybuffer";
        socket.onopen = () => {
            clearTimeout(this.#timer);
            this.#lastMessageMs = performance.now();
            this.#listener.onOpen();
        };
        socket.onmessage = ({ data }) => this.#received(data);
        socket.onclose = ({ code, reason }) => this.#lost(inWords(code, reason));
        this.#socket = socket;
        this.#timer = window.setTimeout(() => this.#lost("no answer"), CONNECT_TIMEOUT_MS);
    }

    /** @param {ArrayBuffer | string} data text is for clients that ask for a subprotocol: not for this one */
    #received(data) {
        if (typeof data === "string") {
            return;
        }
        this.#delay.reset();
        this.#silence.reset();
        this.#lastMessageMs = performance.now();
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
