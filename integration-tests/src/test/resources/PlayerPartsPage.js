// Parts of the player, and stand-ins for what they use; the statements of BrowserPlayerPartsTest follow.
const { Socket, CHECK_MS } = await import("/player/socket.js");
const { Camera } = await import("/player/camera.js");
const { LiveEdge } = await import("/player/live-edge.js");

const calls = [];
const wait = (ms) => new Promise((over) => setTimeout(over, ms));
const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

// A WebSocket that is open at once; the server of it answers while it isAnswering.
let isAnswering = true;
class StandIn {
    static OPEN = 1;
    readyState = 1;
    constructor(url) {
        calls.push(`connect ${url}`);
        StandIn.last = this;
    }
    send(text) {
        calls.push(`ask${text}`);
        if (isAnswering) {
            this.onmessage({ data: "" });
        }
    }
    close() {
        calls.push("close");
    }
}
function openSocket(address = "ws://camera/") {
    window.WebSocket = StandIn;
    const socket = new Socket(() => address, {
        onOpen: () => calls.push("open"),
        onMessage: () => calls.push("message"),
        onDown: (reason) => calls.push(`down: ${reason}`),
    });
    socket.open();
    StandIn.last.onopen();
    return socket;
}
function check(socket, seconds) {
    for (let ms = 0; ms < seconds * 1000; ms += CHECK_MS) {
        socket.check();
    }
}

// The page's clock, which stands still but for what a test adds.
let nowMs = 0;
performance.now = () => nowMs;

// What the server says at /api/status; null when it does not answer.
let status = null;
window.fetch = async (url) => {
    calls.push(`fetch ${url}`);
    return { ok: status !== null, json: async () => ({ cameras: status }) };
};
const camera = (name, state = "playing", path = "video_websocket") =>
    ({ name, state, reason: "REASON", addresses: { websocket: `/${path}/${name}` } });

// A video with ranges of seconds that are buffered.
function video(currentTime, ...ranges) {
    return {
        currentTime,
        buffered: { length: ranges.length, start: (i) => ranges[i][0], end: (i) => ranges[i][1] },
        paused: false,
        seeking: false,
        playbackRate: 1,
        readyState: 2,
    };
}
