/** The demo page: one video, its buttons, and a line that says in words how it goes. */

export {};

/** @typedef {{name: string, state: string, reason: string, addresses: {websocket?: string}}} Camera as /api/status lists it */

const STATUS_TIMEOUT_MS = 1_000;
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

/** @returns {Promise<Camera[]>} the cameras of the server, none when it does not tell */
async function camerasOfServer() {
    const patience = new AbortController();
    setTimeout(() => patience.abort(), STATUS_TIMEOUT_MS);
    try {
        const answer = await fetch("api/status", { signal: patience.signal });
        return answer.ok ? (await answer.json()).cameras : [];
    } catch {
        return [];
    }
}

/** @param {Camera[]} cameras @returns {Camera | undefined} the one that the address names, or the first */
function chosen(cameras) {
    const hash = location.hash.slice(1);
    return cameras.find(({ name }) => name === hash || encodeURIComponent(name) === hash) ?? cameras[0];
}

/** @param {Camera[]} cameras */
function showChooser(cameras) {
    chooser.replaceChildren(...cameras.map(({ name }) => new Option(name, name, false, name === chosen(cameras)?.name)));
    byId("chooser", HTMLLabelElement).hidden = cameras.length < 2;
    chooser.onchange = () => (location.hash = encodeURIComponent(chooser.value));
    window.onhashchange = () => location.reload();
}

/** @param {string} name of the camera */
function showTitle(name) {
    document.title = `${name} · BerryMSE`;
    byId("title", HTMLHeadingElement).textContent = name;
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
    }
}

/** @param {import("./player/player.js").Stats} stats @param {number} framesPerSecond */
function figures(stats, framesPerSecond) {
    const codec = /"(.*)"/.exec(stats.mimeType)?.[1];
    const size = `${video.videoWidth} × ${video.videoHeight}`;
    return [size, `${framesPerSecond.toFixed(0)} fps`, codec, `${stats.lagMs.toFixed(0)} ms behind`];
}

/** @param {import("./player/player.js").AnyPlayer} player @param {Camera} [camera] */
function watch(player, camera) {
    let frames = 0;
    let sinceMs = performance.now();
    async function show() {
        const stats = player.stats();
        const isLive = stats.state === "live";
        const words = stats.reason && !isLive ? `${WORDS[stats.state]}: ${stats.reason}` : WORDS[stats.state];
        const nowMs = performance.now();
        const seconds = (nowMs - sinceMs) / 1_000;
        if (!isLive || statusLine.dataset.state !== "live") {
            statusLine.textContent = words;
        } else if (seconds > 0.5) {
            statusLine.textContent = [words, ...figures(stats, Math.max(0, stats.decodedFrames - frames) / seconds)].join(" · ");
        }
        [frames, sinceMs] = [stats.decodedFrames, nowMs];
        statusLine.dataset.state = stats.state;
        showNotice(stats.state === "waiting" ? await reasonOf(camera) : ["failed", "reconnecting"].includes(stats.state) ? words : "");
    }
    player.addEventListener("statechange", show);
    setInterval(show, 1_000);
}

/** @param {Camera} [camera] @returns {Promise<string>} why there is no picture */
async function reasonOf(camera) {
    const cameras = await camerasOfServer();
    const now = cameras.find((other) => other.name === camera?.name);
    return now?.reason ? `${now.name}: ${now.reason}` : "The camera gives no picture.";
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
fullscreenButton.hidden = !document.fullscreenEnabled;
fullscreenButton.addEventListener("click", () => video.requestFullscreen());

const cameras = await camerasOfServer();
const camera = chosen(cameras);
showChooser(cameras);
if (camera) {
    showTitle(camera.name);
}
const handle = window.BerryMSE.initialize(video, camera?.addresses.websocket, autoSkipButton, resetButton);
watch(await handle.ready, camera);
