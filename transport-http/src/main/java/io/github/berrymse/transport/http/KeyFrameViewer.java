package io.github.berrymse.transport.http;

import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import java.nio.ByteBuffer;

/**
 * One client that is sent the sync sample that its subscription begins with, the newest there is, as a whole file:
 * initialization segment and one media segment. Thread-safe.
 */
final class KeyFrameViewer implements Subscriber {
    /** How long players show it. */
    private static final int DURATION_SECONDS = 1;

    private final String name;
    private final Answer answer;

    KeyFrameViewer(String name, Answer answer) {
        this.name = name;
        this.answer = answer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void send(Segment segment, Runnable done) {
        if (segment.isSync()) {
            ByteBuffer file = file(segment);
            answer.begin(
                    response -> {
                        response.setContentType(StreamViewer.contentType(segment.init()));
                        response.setContentLength(file.limit());
                    },
                    file,
                    answer::end);
        } else {
            done.run();
        }
    }

    private static ByteBuffer file(Segment segment) {
        InitializationSegment init = segment.init();
        Segment still = new Segment(init, segment.fragment(), 1, 0, DURATION_SECONDS * init.timescale());
        ByteBuffer file = ByteBuffer.allocate(init.bytes().remaining() + still.size());
        file.put(init.bytes().duplicate());
        still.put(file);
        return file.flip();
    }

    @Override
    public void ended(String reason) {
        answer.stop(reason);
    }
}
