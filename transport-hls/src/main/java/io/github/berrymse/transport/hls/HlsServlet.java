package io.github.berrymse.transport.hls;

import io.github.berrymse.api.LiveStream;
import io.github.berrymse.api.LiveStreams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Playlists at {@code /NAME/index.m3u8} and {@code /NAME/live.m3u8}, {@code /index.m3u8} for the first camera, and media at
 * {@code /NAME/TOKEN/...}: each run of a camera has another token, so that no address ever gives two things. Thread-safe.
 */
final class HlsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final Pattern PLAYLIST = Pattern.compile("/index\\.m3u8|(/[^/]+)/(?:index|live)\\.m3u8");
    private static final Pattern MEDIA =
            Pattern.compile("(/[^/]+)/([^/]+)/(init|segment|part)-(\\d{1,18})\\.(?:mp4|m4s)");

    private final transient LiveStreams cameras;
    private final transient HlsStreams streams;

    HlsServlet(LiveStreams cameras, HlsStreams streams) {
        this.cameras = cameras;
        this.streams = streams;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0); // who waits too long is sent away by its stream
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        Matcher playlist = PLAYLIST.matcher(path);
        Matcher media = MEDIA.matcher(path);
        if (!playlist.matches() && !media.matches()) {
            Reply.error(404, "nothing is here; a camera is at NAME/index.m3u8: " + cameras.names())
                    .send(async);
            return;
        }
        Optional<LiveStream> camera = cameras.at((playlist.matches() ? playlist : media).group(1));
        if (camera.isEmpty()) {
            Reply.error(404, "no such camera; there is: " + cameras.names()).send(async);
        } else if (playlist.matches()) {
            playlist(camera.get(), path, request, async);
        } else {
            media(camera.get(), media, async);
        }
    }

    /** The web server leaves out the body itself. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        doGet(request, response);
    }

    private void playlist(LiveStream camera, String path, HttpServletRequest request, AsyncContext async) {
        Resource resource;
        try {
            resource = path.endsWith("/live.m3u8")
                    ? Resources.live(Directives.of(request::getParameter))
                    : Resources.index(camera::status, path.equals("/index.m3u8") ? camera.name() + "/" : "");
        } catch (IllegalArgumentException e) {
            Reply.error(400, e.getMessage()).send(async);
            return;
        }
        streams.of(camera).answer(async, resource);
    }

    private void media(LiveStream camera, Matcher words, AsyncContext async) {
        LongFunction<Resource> kind =
                switch (words.group(3)) {
                    case "init" -> Resources::init;
                    case "segment" -> Resources::segment;
                    default -> Resources::part;
                };
        Optional<HlsStream> stream = streams.of(camera, words.group(2));
        if (stream.isEmpty()) {
            Reply.error(404, "this has ended; the camera is at index.m3u8").send(async);
        } else {
            stream.get().answer(async, kind.apply(Long.parseLong(words.group(4))));
        }
    }
}
