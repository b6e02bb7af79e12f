package io.github.berrymse.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {
    private static final InitializationSegment INIT =
            new InitializationSegment(ByteBuffer.wrap(new byte[] {1, 2, 3}), "avc1.42C01F", 1280, 720, 90000);

    private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final FrameWriter writer = new FrameWriter(endPoint, new Messages(), failures::incrementAndGet);

    /** Four bytes of header, then a payload of sevens. */
    private record TestFragment(int payloadBytes) implements Fragment {
        @Override
        public InitializationSegment init() {
            return INIT;
        }

        @Override
        public boolean isSync() {
            return true;
        }

        @Override
        public long captureTimeUs() {
            return 0;
        }

        @Override
        public long decodeTimeTicks() {
            return 0;
        }

        @Override
        public int durationTicks() {
            return 1;
        }

        @Override
        public ByteBuffer payload() {
            byte[] bytes = new byte[payloadBytes];
            Arrays.fill(bytes, (byte) 7);
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        @Override
        public int headerSize() {
            return 4;
        }

        @Override
        public void putHeader(ByteBuffer to, int sequenceNumber, long decodeTimeTicks, int durationTicks) {
            to.putInt(sequenceNumber);
        }
    }

    private static Segment segment(int payloadBytes, int sequenceNumber) {
        return new Segment(INIT, new TestFragment(payloadBytes), sequenceNumber, 0, 1);
    }

    private static ByteBuffer frame(int headerBytes, int payloadBytes, int sequenceNumber) {
        ByteBuffer frame = ByteBuffer.allocate(headerBytes + 4 + payloadBytes);
        frame.put((byte) 0x82);
        switch (headerBytes) {
            case 2 -> frame.put((byte) (4 + payloadBytes));
            case 4 -> frame.put((byte) 126).putShort((short) (4 + payloadBytes));
            default -> frame.put((byte) 127).putLong(4L + payloadBytes);
        }
        frame.putInt(sequenceNumber);
        while (frame.hasRemaining()) {
            frame.put((byte) 7);
        }
        return frame.flip();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 121, 122, 6000, 65531, 65532, 250_000, 262_144, 1_300_000})
    void writesOneFrameOfAnySize(int payloadBytes) {
        endPoint.setGrowOutput(true);
        writer.send(segment(payloadBytes, 9), done::incrementAndGet);

        int size = 4 + payloadBytes;
        assertThat(endPoint.takeOutput()).isEqualTo(frame(size < 126 ? 2 : size < 65536 ? 4 : 10, payloadBytes, 9));
        assertThat(done).hasValue(1);
    }

    /** Takes little at a time, and remembers the most that it was offered on the heap, which a real socket would copy. */
    private static final class SlowEndPoint extends ByteArrayEndPoint {
        private int mostOnHeap;

        private SlowEndPoint() {
            setOutput(BufferUtil.allocate(10_000));
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            for (ByteBuffer buffer : buffers) {
                mostOnHeap = buffer.isDirect() ? mostOnHeap : Math.max(mostOnHeap, buffer.remaining());
            }
            return super.flush(buffers);
        }
    }

    @Test
    void aLargeKeyFrameReachesASlowViewerWholeAndIsNotCopiedAgainForEachPartThatLeaves() {
        SlowEndPoint slow = new SlowEndPoint();
        FrameWriter slowWriter = new FrameWriter(slow, new Messages(), failures::incrementAndGet);
        slowWriter.send(segment(1_200_000, 9), done::incrementAndGet);
        slowWriter.ping();

        ByteBuffer all = ByteBuffer.allocate(1_300_000);
        while (done.get() == 0 || slow.getOutput().hasRemaining()) {
            all.put(slow.takeOutput());
        }
        ByteBuffer expected = ByteBuffer.allocate(1_300_000);
        expected.put(frame(10, 1_200_000, 9)).put(new byte[] {(byte) 0x89, 0});
        assertThat(all.flip()).isEqualTo(expected.flip());
        assertThat(slow.mostOnHeap).as("bytes on the heap at once").isLessThan(100);
    }

    @Test
    void writesAnInitializationSegment() {
        endPoint.setGrowOutput(true);
        writer.send(new Segment(INIT, null, 0, 0, 0), done::incrementAndGet);

        assertThat(endPoint.takeOutput()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0x82, 3, 1, 2, 3}));
    }

    @Test
    void waitsForAFullSocketAndLetsPingsOneAnswerAndTheLatestPongGoBeforeTheNextMessage() {
        endPoint.setOutput(BufferUtil.allocate(16));
        writer.send(segment(50, 1), done::incrementAndGet);
        writer.ping();
        writer.answer();
        writer.answer();
        writer.pong(ByteBuffer.wrap(new byte[] {5}));
        writer.pong(ByteBuffer.wrap(new byte[] {6}));
        assertThat(done).hasValue(0);

        ByteBuffer all = ByteBuffer.allocate(200);
        for (int i = 0; i < 12; i++) {
            all.put(endPoint.takeOutput());
            if (done.get() == 1) {
                done.set(100);
                writer.send(segment(2, 2), done::incrementAndGet);
            }
        }
        all.put(endPoint.takeOutput());

        ByteBuffer expected = ByteBuffer.allocate(200);
        expected.put(frame(2, 50, 1)).put(new byte[] {(byte) 0x8A, 1, 6}).put(new byte[] {(byte) 0x89, 0});
        expected.put(new byte[] {(byte) 0x81, 0}).put(frame(2, 2, 2));
        assertThat(bytes(all.flip())).isEqualTo(bytes(expected.flip()));
        assertThat(done).hasValue(101);
    }

    @Test
    void saysWhenTheConnectionIsGoneAndNeverDone() {
        endPoint.close();
        writer.send(segment(50, 1), done::incrementAndGet);

        assertThat(failures.get()).isPositive();
        assertThat(done).hasValue(0);
    }

    @Test
    void viewersWhoShareBuffersGetEachItsOwnHeaderAndEverybodyTheRightPayload() {
        Messages shared = new Messages();
        ByteArrayEndPoint[] endPoints = new ByteArrayEndPoint[3];
        FrameWriter[] writers = new FrameWriter[3];
        for (int i = 0; i < 3; i++) {
            endPoints[i] = new ByteArrayEndPoint();
            endPoints[i].setGrowOutput(true);
            writers[i] = new FrameWriter(endPoints[i], shared, failures::incrementAndGet);
        }
        int number = 0;
        for (int payloadBytes : new int[] {50, 6000, 300_000, 6000, 7000, 100_000}) {
            Fragment fragment = new TestFragment(payloadBytes);
            for (int i = 0; i < 3; i++) {
                number++;
                if (number % 4 == 0) {
                    writers[i].send(new Segment(INIT, null, 0, 0, 0), done::incrementAndGet);
                    endPoints[i].takeOutput();
                }
                writers[i].send(new Segment(INIT, fragment, number, 0, 1), done::incrementAndGet);
                int size = 4 + payloadBytes;
                assertThat(endPoints[i].takeOutput())
                        .isEqualTo(frame(size < 126 ? 2 : size < 65536 ? 4 : 10, payloadBytes, number));
            }
        }
    }
}
