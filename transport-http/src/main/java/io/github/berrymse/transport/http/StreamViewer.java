package io.github.berrymse.transport.http;

import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that is sent a stream: initialization segment and media segments one after another are a fragmented MP4
 * file (ISO/IEC 14496-12 8.8) without an end. It ends with the first sample that reaches the duration asked for.
 *
 * <p>It also ends where another initialization segment would come: a file has one {@code moov} (8.2.1), and ffmpeg 5.1,
 * to which a second was given, decoded what followed with the parameter sets of the first. A player that asks again
 * gets the new one. Thread-safe.
 */
final class StreamViewer implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(StreamViewer.class);

    private final String name;
    private final Answer answer;
    private final LiveDuration duration;
    private boolean hasBegun;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    StreamViewer(String name, Answer answer, LiveDuration duration) {
        this.name = name;
        this.answer = answer;
        this.duration = duration;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void send(Segment segment, Runnable done) {
        if (!segment.isInit()) {
            answer.write(bytes(segment), duration.isReachedBy(segment) ? answer::end : done);
        } else if (!hasBegun) {
            hasBegun = true;
            answer.begin(response -> putHead(response, segment.init()), bytes(segment), done);
        } else {
            LOG.info("{}: the stream goes on with other parameter sets, and this response ends", name);
            answer.end();
        }
    }

    /**
     * In chunks (RFC 9112 7.1), also for a client that wants its connection closed: else the file would end with the
     * connection, and a whole one look like one cut off; ffmpeg takes it for an error.
     */
    private static void putHead(HttpServletResponse response, InitializationSegment init) {
        response.setContentType(contentType(init));
        response.setHeader("Transfer-Encoding", "chunked");
    }

    /** RFC 6381. */
    static String contentType(InitializationSegment init) {
        return "video/mp4; codecs=\"" + init.codec() + "\"";
    }

    /** In one buffer, used again and again: there is one segment on its way at a time. */
    private ByteBuffer bytes(Segment segment) {
        if (buffer.capacity() < segment.size()) {
            buffer = ByteBuffer.allocate(segment.size());
        }
        buffer.clear();
        segment.put(buffer);
        return buffer.flip();
    }

    @Override
    public void ended(String reason) {
        answer.stop(reason);
    }
}
