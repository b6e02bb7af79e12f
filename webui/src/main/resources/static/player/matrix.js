import { attachMediaSource } from "./media-source.js";

/** How long a browser may take to look at an initialization segment. */
const PATIENCE_MS = 3_000;

/** An initialization segment of a picture of 64 x 48, whose matrix (ISO/IEC 14496-12 8.3.2) turns it by 90 degrees. */
const TURNED_INIT =
    "AAAAHGZ0eXBpc281AAAAAGlzbzVpc282YXZjMQAAAnxtb292AAAAbG12aGQAAAAAAAAAAAAAAAAAAV+QAAAAAAABAAABAAAAAAAAAAAAAAAAAQAA" +
    "AAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAB4HRyYWsAAABcdGtoZAAAAAcAAAAA" +
    "AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAD//wAAAAAAAAAAAAAAMAAAAAAAAEAAAAAAQAAAADAAAAAAAXxtZGlh" +
    "AAAAIG1kaGQAAAAAAAAAAAAAAAAAAV+QAAAAAFXEAAAAAAAmaGRscgAAAAAAAAAAdmlkZQAAAAAAAAAAAAAAAHZpZGVvAAAAAS5taW5mAAAAFHZt" +
    "aGQAAAABAAAAAAAAAAAAAAAkZGluZgAAABxkcmVmAAAAAAAAAAEAAAAMdXJsIAAAAAEAAADuc3RibAAAAKJzdHNkAAAAAAAAAAEAAACSYXZjMQAA" +
    "AAAAAAABAAAAAAAAAAAAAAAAAAAAAABAADAASAAAAEgAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAACxhdmND" +
    "AULACv/hABVnQsAK2hHsBEAAAAMAQAAADyPEiagBAARozg/IAAAAEHBhc3AAAAABAAAAAQAAABBzdHRzAAAAAAAAAAAAAAAQc3RzYwAAAAAAAAAA" +
    "AAAAFHN0c3oAAAAAAAAAAAAAAAAAAAAQc3RjbwAAAAAAAAAAAAAAKG12ZXgAAAAgdHJleAAAAAAAAAABAAAAAQAAAAAAAAAAAQEAAA==";
const TURNED_TYPE = 'video/mp4; codecs="avc1.42C00A"';

/** @type {Promise<boolean> | null} */
let answer = null;

/**
 * Whether this browser turns the pictures of a media source by the matrix in `tkhd`: then a picture that lies on its side
 * is said to be upright as soon as its initialization segment is known. It is asked once, with a video that nobody sees; one
 * that does not answer is taken to do so, for twice turned is worse than not at all.
 */
export function appliesMatrix() {
    return (answer ??= askBrowser());
}

/** @returns {Promise<boolean>} */
async function askBrowser() {
    const video = document.createElement("video");
    try {
        return await new Promise((resolve, reject) => {
            setTimeout(reject, PATIENCE_MS);
            video.onerror = reject;
            video.onloadedmetadata = () => resolve(video.videoHeight > video.videoWidth);
            attachMediaSource(video, (mediaSource) => {
                const bytes = Uint8Array.from(atob(TURNED_INIT), (letter) => letter.charCodeAt(0));
                mediaSource.addSourceBuffer(TURNED_TYPE).appendBuffer(bytes);
            });
        });
    } catch {
        return true;
    } finally {
        video.removeAttribute("src");
        video.load();
    }
}
