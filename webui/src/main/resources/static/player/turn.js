import { appliesMatrix } from "./matrix.js";

/**
 * Turns the picture where the browser leaves that to the page: most do it themselves, by the matrix of `tkhd` (ISO/IEC
 * 14496-12 8.3.2), and there nothing is done. A portrait is made to fit the element's box.
 */
export class Turn {
    #video;
    #degrees = 0;
    #turned = 0;
    #boxWatch = new ResizeObserver(() => this.#fit());

    /** @param {HTMLVideoElement} video */
    constructor(video) {
        this.#video = video;
    }

    /** How far the picture is turned here, clockwise; 0 where the browser does it. */
    get degrees() {
        return this.#turned;
    }

    /** @param {number} degrees how far the pictures are to be turned, clockwise: 0, 90, 180 or 270 */
    async show(degrees) {
        this.#degrees = degrees;
        const isLeftToUs = degrees !== 0 && !(await appliesMatrix());
        if (degrees === this.#degrees) { // and no other came meanwhile
            this.#turnBy(isLeftToUs ? degrees : 0);
        }
    }

    /** @param {number} degrees */
    #turnBy(degrees) {
        if (degrees === this.#turned) {
            return;
        }
        this.#turned = degrees;
        // rotate and not transform, which browsers undo in full screen
        this.#video.style.rotate = degrees ? `${degrees}deg` : "";
        this.#boxWatch.disconnect();
        this.#video.removeEventListener("resize", this.#fit);
        if (degrees % 180) {
            this.#boxWatch.observe(this.#video);
            this.#video.addEventListener("resize", this.#fit);
        }
        this.#fit();
    }

    /** Turned by a quarter, a picture that fitted its box across has to fit it upright. */
    #fit = () => {
        const { videoWidth, videoHeight, style } = this.#video;
        const isQuarter = this.#turned % 180 !== 0 && videoWidth > 0;
        style.aspectRatio = isQuarter ? `${videoHeight} / ${videoWidth}` : "";
        const { offsetWidth, offsetHeight } = this.#video;
        const across = Math.min(offsetWidth / videoWidth, offsetHeight / videoHeight);
        const upright = Math.min(offsetWidth / videoHeight, offsetHeight / videoWidth);
        style.scale = isQuarter && across > 0 ? String(upright / across) : "";
    };
}
