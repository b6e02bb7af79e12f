package com.example.source.relay;

import io.github.berrymse.api.AccessUnit;
import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One connection to another server, whose messages docs/wire-protocol.md describes. The next message is asked for when one
 * was taken, so that whoever is too slow here makes the other server skip, and nothing piles up. Confined to the capture
 * thread, but for what the connection calls.
 */
final class RelayCapture implements Capture, WebSocket.Listener {
    private static final int DECODE_TIME_AT = 64;
    private static final int SYNC_SAMPLE_AT = 92;
    private static final int DURATION_AT = 96;
    private static final int SAMPLE_AT = 112;

    private final CameraSettings asked;
    private final BlockingQueue<ByteBuffer> messages = new ArrayBlockingQueue<>(1);
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private ByteBuffer init;
    private volatile WebSocket socket;
    private volatile String end;

    RelayCapture(CameraSettings asked) {
        this.asked = asked;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean isLast) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        parts.writeBytes(part);
        if (isLast) {
            messages.add(ByteBuffer.wrap(parts.toByteArray()));
            parts.reset();
        } else {
            from.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        end = statusCode + " " + reason;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable cause) {
        end = cause.toString();
    }

    @Override
    public CaptureFormat format() {
        return new CaptureFormat(asked.device(), "another server", 0, 0, 0, 0, 0, "that server sets the format");
    }

    @Override
    public boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException {
        ByteBuffer message = next(timeoutMs);
        if (message == null) {
            return false;
        }
        socket.request(1);
        boolean isInit = message.get(4) == 'f'; // ftyp, where a picture's has moof
        if (isInit) {
            init = message;
        } else {
            long endTicks = message.getLong(DECODE_TIME_AT) + message.getInt(DURATION_AT);
            sink.accept(new AccessUnit(accessUnit(message), endTicks * 100 / 9, 0)); // of 1/90000 s
        }
        return !isInit;
    }

    private ByteBuffer next(int timeoutMs) throws CaptureException {
        try {
            ByteBuffer message = messages.poll(timeoutMs, TimeUnit.MILLISECONDS);
            if (message == null && end != null) {
                throw new CaptureException(asked.device() + " has closed the connection: " + end);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private ByteBuffer accessUnit(ByteBuffer message) {
        ByteBuffer unit = ByteBuffer.allocate(2 * init.limit() + message.limit());
        if (message.get(SYNC_SAMPLE_AT) == 2) {
            ByteStream.putParameterSets(init.duplicate(), unit);
        }
        ByteStream.putSample(message.position(SAMPLE_AT), unit);
        return unit.flip();
    }

    /** The encoder is elsewhere: there is nothing to be done for settings of one, and it plays on. */
    @Override
    public boolean apply(CameraSettings settings) {
        return settings.withLiveOf(asked).equals(asked);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
