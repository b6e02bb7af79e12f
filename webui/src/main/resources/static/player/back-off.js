/** A delay that doubles each time it is asked for, up to a limit. */
export class BackOff {
    #firstMs;
    #longestMs;
    #nextMs;

    /** @param {number} firstMs @param {number} longestMs */
    constructor(firstMs, longestMs) {
        this.#firstMs = firstMs;
        this.#longestMs = longestMs;
        this.#nextMs = firstMs;
    }

    /** What {@link next} will give. */
    get ms() {
        return this.#nextMs;
    }

    next() {
        const ms = this.#nextMs;
        this.#nextMs = Math.min(ms * 2, this.#longestMs);
        return ms;
    }

    reset() {
        this.#nextMs = this.#firstMs;
    }
}
