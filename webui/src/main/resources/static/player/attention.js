/** Hidden or paused for longer than this, a page needs no stream: it gets one again when somebody looks. */
const REST_AFTER_MS = 10_000;

/**
 * @typedef {object} AttentionListener
 * @property {() => void} onWatched somebody looks again, or has pressed play
 * @property {() => void} onResting nobody has looked for a while
 * @property {() => void} onPaused the viewer has paused the video
 */

/** Whether somebody watches: wants the video to play and has the page in view. */
export class Attention {
    #video;
    #listener;
    #isPlayWanted = true;
    #isResting = false;
    #timer = 0;

    /** @param {HTMLVideoElement} video @param {AttentionListener} listener */
    constructor(video, listener) {
        this.#video = video;
        this.#listener = listener;
    }

    get isPlayWanted() {
        return this.#isPlayWanted;
    }

    get isResting() {
        return this.#isResting;
    }

    start() {
        this.#isPlayWanted = true;
        this.#isResting = false;
        this.#listen("addEventListener");
        if (document.hidden) {
            this.#restSoon();
        }
    }

    stop() {
        clearTimeout(this.#timer);
        this.#listen("removeEventListener");
    }

    /** Plays, if that is wanted; a browser that does not let it happen without a click leaves the video paused. */
    play() {
        if (this.#isPlayWanted) {
            this.#video.play().catch((error) => {
                if (error.name === "NotAllowedError") {
                    this.#paused();
                }
            });
        }
    }

    /** @param {"addEventListener" | "removeEventListener"} method */
    #listen(method) {
        this.#video[method]("play", this.#onPlay);
        this.#video[method]("pause", this.#onPause);
        document[method]("visibilitychange", this.#onVisibility);
    }

    #onPlay = () => {
        this.#isPlayWanted = true;
        this.#watched();
    };

    /** Chromium also pauses a video without sound while the page is hidden, and one that has failed: not the viewer's wish. */
    #onPause = () => {
        if (!document.hidden && !this.#video.error) {
            this.#paused();
        }
    };

    #onVisibility = () => {
        if (document.hidden) {
            this.#restSoon();
        } else if (this.#isPlayWanted) {
            this.#watched();
            this.play();
        }
    };

    #paused() {
        this.#isPlayWanted = false;
        this.#restSoon();
        this.#listener.onPaused();
    }

    #watched() {
        clearTimeout(this.#timer);
        this.#isResting = false;
        this.#listener.onWatched();
    }

    #restSoon() {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => {
            this.#isResting = true;
            this.#listener.onResting();
        }, REST_AFTER_MS);
    }
}
