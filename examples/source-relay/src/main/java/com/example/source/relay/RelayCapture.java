package com.example.source.relay;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One response of another server, whose segments docs/wire-protocol.md describes. The next is received when one was taken,
 * so that whoever is too slow here makes the other server skip, and nothing piles up. Confined to the capture thread, but
 * for the thread that receives.
 */
final class RelayCapture implements Capture {
    private static final int MOOV = 0x6D6F6F76;
    private static final int MDAT = 0x6D646174;
    private static final int MAX_BOX_BYTES = 16 << 20;
    private static final int DECODE_TIME_AT = 64;
    private static final int SYNC_SAMPLE_AT = 92;
    private static final int DURATION_AT = 96;
    private static final int SAMPLE_AT = 112;

    private final CameraSettings asked;
    private final InputStream body;
    private final BlockingQueue<ByteBuffer> segments = new ArrayBlockingQueue<>(1);
    private final Thread receiver = new Thread(this::receive, "relay");
    private ByteBuffer init;
    private volatile String end;

    /** @param body is this object's to close */
    RelayCapture(CameraSettings asked, InputStream body) {
        this.asked = asked;
        this.body = body;
        receiver.setDaemon(true);
        receiver.start();
    }

    private void receive() {
        try (DataInputStream in = new DataInputStream(body)) {
            while (true) {
                segments.put(segment(in));
            }
        } catch (EOFException e) {
            end = "it ends where the format of the pictures changes, and when the server stops";
        } catch (IOException | InterruptedException e) {
            end = e.toString();
        }
    }

    /** Boxes (ISO/IEC 14496-12 4.2) up to the one that ends an initialization segment or a fragment. */
    private static ByteBuffer segment(DataInputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int type = 0;
        while (type != MOOV && type != MDAT) {
            int size = in.readInt();
            type = in.readInt();
            if (size < 8 || size > MAX_BOX_BYTES) {
                throw new IOException("it is no MP4");
            }
            byte[] contents = new byte[size - 8];
            in.readFully(contents);
            out.writeInt(size);
            out.writeInt(type);
            out.write(contents);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    @Override
    public CaptureFormat format() {
        return new CaptureFormat(asked.device(), "another server", 0, 0, 0, 0, 0, "that server sets the format");
    }

    @Override
    public boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException {
        ByteBuffer segment = next(timeoutMs);
        if (segment == null) {
            return false;
        }
        boolean isInit = segment.get(4) == 'f'; // ftyp, where a picture's has moof
        if (isInit) {
            init = segment;
        } else {
            long endTicks = segment.getLong(DECODE_TIME_AT) + segment.getInt(DURATION_AT);
            sink.accept(new AccessUnit(accessUnit(segment), endTicks * 100 / 9, 0)); // of 1/90000 s
        }
        return !isInit;
    }

    private ByteBuffer next(int timeoutMs) throws CaptureException {
        try {
            ByteBuffer segment = segments.poll(timeoutMs, TimeUnit.MILLISECONDS);
            if (segment == null && end != null) {
                throw new CaptureException("The stream of " + asked.device() + " has ended: " + end);
            }
            return segment;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private ByteBuffer accessUnit(ByteBuffer segment) {
        ByteBuffer unit = ByteBuffer.allocate(2 * init.limit() + segment.limit());
        if (segment.get(SYNC_SAMPLE_AT) == 2) {
            ByteStream.putParameterSets(init.duplicate(), unit);
        }
        ByteStream.putSample(segment.position(SAMPLE_AT), unit);
        return unit.flip();
    }

    /** The encoder is elsewhere: there is nothing to be done for settings of one, and it plays on. */
    @Override
    public boolean apply(CameraSettings settings) {
        return settings.withLiveOf(asked).equals(asked);
    }

    @Override
    public void close() {
        receiver.interrupt();
        try {
            body.close();
        } catch (IOException e) {
            end = e.toString(); // it is over anyway
        }
    }
}
