/**
 * Gives a video element a media source of its own, as soon as the browser has opened it. The picture that was shown
 * stays, as the poster, until the first of the new one: there would be black otherwise.
 *
 * @param {HTMLVideoElement} video
 * @param {(mediaSource: MediaSource) => void} onOpen not called before this has returned; in a hidden page perhaps only when
 *     somebody looks
 * @returns {MediaSource}
 * @throws {DOMException} where the browser has no Media Source Extensions
 */
export function attachMediaSource(video, onOpen) {
    // iPhones have only the managed one; where both exist the plain one does more
    // (https://github.com/videojs/v10/issues/838, read 2026-11). A managed one that is not `streaming` may be appended to
    // nevertheless, and live video always wants its next picture: so its start and end of streaming are not waited for.
    const Source = window.MediaSource ?? window.ManagedMediaSource;
    if (!Source) {
        throw new DOMException("This browser has no Media Source Extensions.", "NotSupportedError");
    }
    const mediaSource = new Source();
    const address = URL.createObjectURL(mediaSource);
    mediaSource.onsourceopen = () => {
        URL.revokeObjectURL(address);
        // Firefox plays a stream whose duration it was not told only as far as it guesses.
        mediaSource.duration = Infinity;
        onOpen(mediaSource);
    };
    keepPicture(video);
    // Without it Safari opens no managed one (https://webkit.org/blog/14735/, read 2026-11).
    video.disableRemotePlayback = true;
    video.src = address;
    return mediaSource;
}

/** @param {HTMLVideoElement} video */
function keepPicture(video) {
    const { videoWidth, videoHeight, readyState, poster } = video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) {
        return;
    }
    const canvas = Object.assign(document.createElement("canvas"), { width: videoWidth, height: videoHeight });
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    video.poster = canvas.toDataURL("image/jpeg", 0.8);
    video.addEventListener("playing", () => (video.poster = poster), { once: true });
}
