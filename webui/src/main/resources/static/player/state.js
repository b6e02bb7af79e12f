/**
 * @typedef {"connecting" | "live" | "waiting" | "reconnecting" | "paused" | "hidden" | "failed" | "stopped"} State
 *   "waiting": connected, but no picture comes
 */

/** Connected but without a picture for longer than this is worth a word. */
const NO_PICTURE_MS = 2_000;

/**
 * @typedef {object} Circumstances
 * @property {boolean} isRunning started and not stopped
 * @property {boolean} hasFailed for good, until it is built anew
 * @property {boolean} isPlayWanted the viewer has not paused it
 * @property {boolean} isResting nobody has looked for a while
 * @property {boolean} isConnected
 * @property {boolean} wasLost a connection or a media source, before this one
 * @property {number} silentMs since something was appended, or since the connection began
 * @property {boolean} hasPicture
 */

/**
 * The one word that says it best. A pure function.
 *
 * @param {Circumstances} now @returns {State}
 */
export function stateOf(now) {
    if (!now.isRunning) {
        return "stopped";
    }
    if (now.hasFailed) {
        return "failed";
    }
    if (!now.isPlayWanted) {
        return "paused";
    }
    if (now.isResting) {
        return "hidden";
    }
    if (!now.isConnected) {
        return now.wasLost ? "reconnecting" : "connecting";
    }
    if (now.silentMs > NO_PICTURE_MS) {
        return "waiting";
    }
    return now.hasPicture ? "live" : "connecting";
}
