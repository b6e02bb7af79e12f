/** What lib.dom of TypeScript 4.8 (Debian) does not know yet, and what berrymse.js adds. */
interface Window {
    MediaSource?: typeof MediaSource;
    ManagedMediaSource?: typeof MediaSource;
    BerryMSE: {
        initialize(
            video: HTMLVideoElement,
            url?: string | URL | null,
            autoSkipButton?: HTMLElement | null,
            resetButton?: HTMLElement | null,
            camera?: string,
        ): { readonly ready: Promise<import("../resources/static/player/player.js").AnyPlayer>; autoSkip: boolean; stop(): void; reset(): void };
        players: object[];
    };
}
interface HTMLMediaElement {
    disableRemotePlayback: boolean;
}
interface HTMLVideoElement {
    webkitEnterFullscreen?(): void;
}
