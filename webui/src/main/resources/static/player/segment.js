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
 * Where a box is by its four letters, which occur nowhere else in an initialization segment of ours.
 *
 * @param {Uint8Array} init @param {string} letters @returns {number} index of its contents, -1 when there is none
 */
function contentsOf(init, letters) {
    for (let at = 4; at + 8 <= init.length; at++) {
        if (init[at] === letters.charCodeAt(0) && fourLetters(init, at) === letters) {
            return at + 4;
        }
    }
    return -1;
}

/**
 * The MIME type with the codec string that RFC 6381 asks for, read from the three bytes after avcC's
 * configurationVersion (ISO/IEC 14496-15 5.3.3.1.2).
 *
 * @param {Uint8Array} init @returns {string | null} null when there is no avcC
 */
export function mimeTypeOf(init) {
    const at = contentsOf(init, "avcC");
    if (at < 0) {
        return null;
    }
    const hex = Array.from(init.subarray(at + 1, at + 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `video/mp4; codecs="avc1.${hex.toUpperCase()}"`;
}

/**
 * How far players are to turn the pictures, by the matrix of version 0 of tkhd (ISO/IEC 14496-12 8.3.2): a b u c d v x y w.
 *
 * @param {Uint8Array} init @returns {number} degrees clockwise: 0, 90, 180 or 270
 */
export function rotationOf(init) {
    const at = contentsOf(init, "tkhd");
    if (at < 0 || at + 48 > init.length) {
        return 0;
    }
    const matrix = new DataView(init.buffer, init.byteOffset + at + 40);
    const [a, b] = [matrix.getInt32(0), matrix.getInt32(4)];
    return a < 0 ? 180 : b > 0 ? 90 : b < 0 ? 270 : 0;
}

/** @param {Uint8Array | null} a @param {Uint8Array} b */
export function sameBytes(a, b) {
    return a !== null && a.length === b.length && a.every((byte, i) => byte === b[i]);
}
