/**
 * What the server's binary messages are: each is one initialization segment or one media segment of the ISO BMFF byte
 * stream format (https://www.w3.org/TR/mse-byte-stream-format-isobmff/). Pure functions.
 */

/** @typedef {"init" | "sync" | "delta"} Kind a sync sample is one that a decoder may start at */

/** Where the wire protocol puts `trun` and the first byte of its first_sample_flags (ISO/IEC 14496-12 8.8.8). */
const TRUN_AT = 76;
const SAMPLE_FLAGS_AT = 92;
const SAMPLE_DEPENDS_ON_NO_OTHER = 0x02;

/** @param {Uint8Array} bytes @param {number} at */
function fourLetters(bytes, at) {
    return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** @param {Uint8Array} message @returns {Kind} */
export function kindOf(message) {
    if (fourLetters(message, 4) === "ftyp") {
        return "init";
    }
    const isSync = fourLetters(message, TRUN_AT) === "trun" && message[SAMPLE_FLAGS_AT] === SAMPLE_DEPENDS_ON_NO_OTHER;
    return isSync ? "sync" : "delta";
}

/**
 * The MIME type with the codec string that RFC 6381 asks for, read from the three bytes after avcC's
 * configurationVersion (ISO/IEC 14496-15 5.3.3.1.2).
 *
 * @param {Uint8Array} init @returns {string | null} null when there is no avcC
 */
export function mimeTypeOf(init) {
    for (let at = 4; at + 8 <= init.length; at++) {
        if (init[at] === 0x61 && fourLetters(init, at) === "avcC") {
            const hex = Array.from(init.subarray(at + 5, at + 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
            return `video/mp4; codecs="avc1.${hex.toUpperCase()}"`;
        }
    }
    return null;
}

/** @param {Uint8Array | null} a @param {Uint8Array} b */
export function sameBytes(a, b) {
    return a !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);
}
