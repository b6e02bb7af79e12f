/*
 * Plays a BerryMSE camera in a page of any origin:
 *
 *   <video id="camera"></video>
 *   <script src="http://pi:2020/berrymse.js"></script>
 *   <script>BerryMSE.initialize(document.getElementById("camera"));</script>
 *
 * or, in one element: <berry-mse src="ws://pi:2020/video_websocket"></berry-mse>, or <berry-mse camera="door"></berry-mse>
 *
 * A classic script, so that initialize can be called right after the tag; the modules that do the work come from where
 * this script came from.
 */
(() => {
    "use strict";

    const script = /** @type {HTMLScriptElement} */ (document.currentScript);
    const modules = Promise.all([
        import(new URL("player/player.js", script.src).href),
        import(new URL("player/camera.js", script.src).href),
    ]);
    modules.catch(() => {}); // said by each handle, when there is one

    /** @param {string | URL} url of the WebSocket, or a path on the server that this script came from */
    function webSocketUrl(url) {
        const address = new URL(url, script.src);
        address.protocol = address.protocol.replace(/^http/, "ws");
        return address.href;
    }

    /**
     * Where the server tells of its cameras: beside this script, unless the camera is on another server.
     *
     * @param {string} url of the WebSocket, or empty
     */
    function statusUrl(url) {
        const status = new URL("api/status", script.src);
        const { host, protocol } = new URL(url || status);
        return host === status.host ? status.href : `${protocol.replace(/^ws/, "http")}//${host}/api/status`;
    }

    class Handle {
        #autoSkip = true;
        #isStopped = false;

        /** @param {HTMLVideoElement} video @param {string} url empty when the server is to say @param {string} name of the camera */
        constructor(video, url, name) {
            /** @type {import("./player/player.js").AnyPlayer | null} null until the modules have come */
            this.player = null;
            /** Becomes the player, once it has started. */
            this.ready = modules.then(async ([{ playerFor }, { Camera }]) => {
                const player = await playerFor(video, new Camera(statusUrl(url), name, url));
                player.autoSkip = this.#autoSkip;
                if (!this.#isStopped) {
                    player.start();
                }
                return (this.player = player);
            });
            this.ready.catch((error) => console.error(`BerryMSE: the player could not be loaded. ${error}`));
        }

        get state() {
            return this.player?.state ?? "connecting";
        }

        /** Whether the playhead is kept at the live edge. */
        get autoSkip() {
            return this.#autoSkip;
        }

        set autoSkip(isFollowing) {
            this.#autoSkip = isFollowing;
            if (this.player) {
                this.player.autoSkip = isFollowing;
            }
        }

        /** Figures for diagnosis, null until the modules have come. */
        stats() {
            return this.player?.stats() ?? null;
        }

        reset() {
            this.#isStopped = false;
            this.player?.reset();
        }

        stop() {
            this.#isStopped = true;
            this.player?.stop();
            const at = players.indexOf(this);
            if (at >= 0) {
                players.splice(at, 1);
            }
        }
    }

    /** @type {Handle[]} */
    const players = [];

    /**
     * @param {HTMLVideoElement} video
     * @param {string | URL | null} [url] ws://, wss://, http:// or https:// address, or a path; by default the server that
     *     this script came from says where the camera is
     * @param {HTMLElement | null} [autoSkipButton] turns following the live edge on and off; its aria-pressed tells which
     * @param {HTMLElement | null} [resetButton] connects and builds anew
     * @param {string} [camera] its name, where no address is given; by default the first
     */
    function initialize(video, url, autoSkipButton, resetButton, camera = "") {
        const handle = new Handle(video, url ? webSocketUrl(url) : "", camera);
        players.push(handle);
        autoSkipButton?.setAttribute("aria-pressed", "true");
        autoSkipButton?.addEventListener("click", () => {
            handle.autoSkip = !handle.autoSkip;
            autoSkipButton.setAttribute("aria-pressed", String(handle.autoSkip));
        });
        resetButton?.addEventListener("click", () => handle.reset());
        return handle;
    }

    window.BerryMSE = { initialize, players };

    class BerryMseElement extends HTMLElement {
        /** @type {Handle | null} */ #handle = null;

        connectedCallback() {
            const video = document.createElement("video");
            video.style.cssText = "display: block; width: 100%; height: 100%";
            this.style.display ||= "block";
            this.replaceChildren(video);
            this.#handle = initialize(video, this.getAttribute("src"), null, null, this.getAttribute("camera") ?? "");
        }

        disconnectedCallback() {
            this.#handle?.stop();
        }
    }
    if (!customElements.get("berry-mse")) {
        customElements.define("berry-mse", BerryMseElement);
    }
})();
