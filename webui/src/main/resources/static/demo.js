/** The demo page: one video, its buttons, and a line that says in words how it goes. */

import { BackOff } from "./player/back-off.js";
import { camerasOf } from "./player/camera.js";

/** A camera that is added, or goes, is seen after this. */
const LIST_AGAIN_MS = 5_000;
const WORDS = {
    connecting: "Connecting",
    live: "Live",
    waiting: "No picture",
    reconnecting: "Reconnecting",
    paused: "Paused",
    hidden: "Resting",
    failed: "Cannot play",
    stopped: "Stopped",
};

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
function byId(id, type) {
    const element = document.getElementById(id);
    if (!(element instanceof type)) {
        throw new TypeError(`#${id} is missing`);
    }
    return element;
}

const video = byId("video", HTMLVideoElement);
const playButton = byId("play", HTMLButtonElement);
const autoSkipButton = byId("auto-skip", HTMLButtonElement);
const resetButton = byId("reset", HTMLButtonElement);
const fullscreenButton = byId("fullscreen", HTMLButtonElement);
const chooser = byId("cameras", HTMLSelectElement);
const statusLine = byId("status", HTMLSpanElement);
const notice = byId("notice", HTMLParagraphElement);

/** @returns {string} the camera that the address names, empty for the first */
function nameInAddress() {
    try {
        return decodeURIComponent(location.hash.slice(1));
    } catch {
        return "";
    }
}

/**
 * Keeps the list of cameras to choose from up to date.
 *
 * @param {import("./player/player.js").AnyPlayer} player
 */
async function list(player) {
    const delay = new BackOff(1_000, LIST_AGAIN_MS);
    for (;;) {
        const cameras = document.hidden ? null : await camerasOf("api/status");
        if (cameras) {
            showChooser(cameras.map(({ name }) => name), player.stats().camera || cameras[0]?.name);
        }
        await new Promise((over) => setTimeout(over, cameras ? LIST_AGAIN_MS : delay.next()));
    }
}

/** @param {string[]} names @param {string} chosen */
function showChooser(names, chosen) {
    const all = names.includes(chosen) || !chosen ? names : [chosen, ...names];
    if (all.join() !== Array.from(chooser.options, ({ value }) => value).join()) {
        chooser.replaceChildren(...all.map((name) => new Option(name)));
    }
    chooser.value = chosen;
    byId("chooser", HTMLLabelElement).hidden = all.length < 2;
}

/** @param {string} camera */
function showTitle(camera) {
    document.title = `${camera || "Camera"} · BerryMSE`;
    byId("title", HTMLHeadingElement).textContent = camera || "BerryMSE";
}

function togglePlay() {
    if (video.paused) {
        video.play();
    } else {
        video.pause();
    }
}

function showPlayButton() {
    playButton.textContent = video.paused ? "Play" : "Pause";
}

/** @param {KeyboardEvent} event */
function onKey(event) {
    const isOnControl = event.target instanceof Element && event.target.closest("button, select");
    if (event.key === " " && !isOnControl) {
        event.preventDefault();
        togglePlay();
    } else if (event.key === "f" && !event.ctrlKey && !event.metaKey) {
        toggleFullscreen();
    }
}

function toggleFullscreen() {
    if (document.fullscreenElement) {
        document.exitFullscreen();
    } else if (document.fullscreenEnabled) {
        video.requestFullscreen();
    } else {
        video.webkitEnterFullscreen?.(); // iPhones have no other
    }
}

/** @param {import("./player/player.js").Stats} stats @param {number} framesPerSecond */
function figures(stats, framesPerSecond) {
    const codec = /"(.*)"/.exec(stats.mimeType)?.[1];
    const size = `${video.videoWidth} × ${video.videoHeight}`;
    return [size, `${framesPerSecond.toFixed(0)} fps`, codec, `${stats.lagMs.toFixed(0)} ms behind`];
}

/** @param {import("./player/player.js").AnyPlayer} player */
function watch(player) {
    let frames = 0;
    let sinceMs = performance.now();
    function show() {
        const stats = player.stats();
        const isLive = stats.state === "live";
        const nowMs = performance.now();
        const seconds = (nowMs - sinceMs) / 1_000;
        if (!isLive || document.body.dataset.state !== "live") {
            statusLine.textContent = WORDS[stats.state];
        } else if (seconds > 0.5) {
            const now = figures(stats, Math.max(0, stats.decodedFrames - frames) / seconds);
            statusLine.textContent = [WORDS.live, ...now].join(" · ");
        }
        [frames, sinceMs] = [stats.decodedFrames, nowMs];
        document.body.dataset.state = stats.state;
        showTitle(stats.camera);
        showNotice(noticeOf(stats));
    }
    player.addEventListener("statechange", show);
    setInterval(show, 1_000);
    show();
}

/** @param {import("./player/player.js").Stats} stats @returns {string} what the picture itself does not tell */
function noticeOf({ state, reason }) {
    switch (state) {
        case "waiting":
            return reason ? `${reason[0].toUpperCase()}${reason.slice(1)}` : "No picture comes";
        case "failed":
        case "reconnecting":
            return reason ? `${WORDS[state]}: ${reason}` : WORDS[state];
        default:
            return "";
    }
}

/** @param {string} words spoken by screen readers, so only when they change */
function showNotice(words) {
    if (notice.textContent !== words) {
        notice.textContent = words;
    }
}

playButton.addEventListener("click", togglePlay);
video.addEventListener("click", togglePlay);
video.addEventListener("play", showPlayButton);
video.addEventListener("pause", showPlayButton);
document.addEventListener("keydown", onKey);
video.addEventListener("dblclick", toggleFullscreen);
fullscreenButton.hidden = !document.fullscreenEnabled && !video.webkitEnterFullscreen;
fullscreenButton.addEventListener("click", toggleFullscreen);
chooser.addEventListener("change", () => (location.hash = encodeURIComponent(chooser.value)));
window.addEventListener("hashchange", () => location.reload());

const handle = window.BerryMSE.initialize(video, null, autoSkipButton, resetButton, nameInAddress());
const player = await handle.ready;
watch(player);
list(player);
