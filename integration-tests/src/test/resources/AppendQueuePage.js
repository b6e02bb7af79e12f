// A source buffer that only writes down what is done to it; the statements of BrowserAppendQueueTest follow.
const { AppendQueue } = await import("/player/append-queue.js");
const calls = [];

class Buffer extends EventTarget {
    updating = false;
    isFull = false;
    start = 0;
    end = 0;
    get buffered() {
        return { length: this.end > 0 ? 1 : 0, start: () => this.start, end: () => this.end };
    }
    set timestampOffset(seconds) {
        calls.push(`offset ${seconds}`);
    }
    changeType(type) {
        calls.push(`type ${/"(.*)"/.exec(type)[1]}`);
    }
    remove(from, to) {
        calls.push(`remove ${from}-${to}`);
        this.start = to;
        this.updating = true;
    }
    appendBuffer(bytes) {
        if (this.isFull) {
            calls.push("full");
            throw new DOMException("full", "QuotaExceededError");
        }
        const numbers = [];
        for (let at = 0; at < bytes.length; at += 96) {
            numbers.push(bytes[at + 95]);
        }
        calls.push(bytes[4] === 0x66 ? "append init" : `append ${numbers.join("+")}`);
        this.updating = true;
    }
    finish() {
        this.updating = false;
        this.dispatchEvent(new Event("updateend"));
    }
}

class Source {
    static isTypeSupported = () => true;
    readyState = "open";
    addSourceBuffer = () => buffer;
}

const buffer = new Buffer();
const video = { currentTime: 0 };
const source = new Source();
const queue = new AppendQueue(source, video, { onAppended: () => {}, onFailed: (message) => calls.push(`failed ${message}`) });

const letters = (text) => Array.from(text, (letter) => letter.charCodeAt(0));
const init = (box, profile = 0x64) => Uint8Array.from([0, 0, 0, 8, ...letters("ftyp"), 0, 0, 0, 0, ...letters(box), 1, profile, 0, 0x28, 0xff]);
const media = (number, flags) => {
    const bytes = new Uint8Array(96);
    bytes.set(letters("moof"), 4);
    bytes.set(letters("trun"), 76);
    bytes.set([flags, 0, 0, number], 92);
    return bytes;
};
const sync = (number) => media(number, 2);
const delta = (number) => media(number, 1);
