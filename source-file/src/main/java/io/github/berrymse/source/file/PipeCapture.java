package io.github.berrymse.source.file;

import io.github.berrymse.api.AccessUnitSink;
import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.v4l2.Errno;
import io.github.berrymse.v4l2.Linux;
import io.github.berrymse.v4l2.LinuxException;
import io.github.berrymse.v4l2.PollFd;
import io.github.berrymse.v4l2.ReadBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Reads a pipe or standard input as it comes; when a byte was there is its only clock. Confined to the capture thread.
 */
final class PipeCapture implements Capture {
    /** What a pipe holds (pipe(7)). */
    private static final int CHUNK_BYTES = 64 << 10;

    private static final int STANDARD_INPUT_FD = 0;

    private final String name;
    private final int fd;
    private final PollFd poll;
    private final Framing framing;
    private final CameraSettings asked;
    private final ReadBuffer buffer = new ReadBuffer(CHUNK_BYTES);
    private CaptureFormat format;
    private long lastReadNs;
    private boolean isAtEnd;

    private PipeCapture(String name, int fd, Framing framing, CameraSettings asked) {
        this.name = name;
        this.fd = fd;
        this.poll = new PollFd(fd, PollFd.POLLIN);
        this.framing = framing;
        this.asked = asked;
        this.format = format(name, asked);
    }

    static PipeCapture ofStandardInput(CameraSettings settings) throws CaptureException {
        return of("standard input", STANDARD_INPUT_FD, settings);
    }

    /** Opens a FIFO, or another file that is read like one; a FIFO need have no writer yet. */
    static PipeCapture open(String path, CameraSettings settings) throws CaptureException {
        Framing framing = framing(path, settings);
        try {
            int fd = Linux.open(path, Linux.O_RDONLY | Linux.O_NONBLOCK | Linux.O_CLOEXEC);
            return new PipeCapture(path, fd, framing, settings);
        } catch (LinuxException e) {
            throw new CaptureException(path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static PipeCapture of(String name, int fd, CameraSettings settings) throws CaptureException {
        return new PipeCapture(name, fd, framing(name, settings), settings);
    }

    private static Framing framing(String name, CameraSettings settings) throws CaptureException {
        return switch (settings.framing()) {
            case "annexb", "" -> new AnnexBFraming(name);
            case "len32" -> new Len32Framing(name);
            default -> throw new CaptureException(
                    "The framing " + settings.framing() + " is unknown: it is annexb or len32");
        };
    }

    private static CaptureFormat format(String name, CameraSettings settings) {
        return new CaptureFormat(
                name, "H.264 from a pipe", 0, 0, settings.framesPerSecond(), 0, 0, "whoever writes it sets the format");
    }

    /** The writer may pause; to close the pipe would end it. */
    @Override
    public boolean mayBeSilent() {
        return true;
    }

    @Override
    public CaptureFormat format() {
        return format;
    }

    /** Whoever writes it has the encoder: nothing is to be done for settings of one, and it is read on. */
    @Override
    public boolean apply(CameraSettings settings) {
        boolean isReadOn = settings.withLiveOf(asked).equals(asked);
        format = isReadOn ? format(name, settings) : format;
        return isReadOn;
    }

    @Override
    public boolean read(AccessUnitSink sink, int timeoutMs) throws CaptureException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        boolean isHanded = false;
        int leftMs = timeoutMs;
        while (!isHanded && leftMs > 0) {
            isHanded = readOnce(sink, leftMs);
            leftMs = millisUntil(deadlineNs);
        }
        return isHanded;
    }

    /** Waits for bytes once, no longer than silence takes to mean that an access unit has ended. */
    private boolean readOnce(AccessUnitSink sink, int leftMs) throws CaptureException {
        int idleAfterMs = framing.idleAfterMs();
        int silentInMs = idleAfterMs == 0
                ? Integer.MAX_VALUE
                : millisUntil(lastReadNs + TimeUnit.MILLISECONDS.toNanos(idleAfterMs));
        try {
            if (poll.await(Math.min(leftMs, silentInMs)) != 0) {
                return readChunk(sink);
            }
        } catch (LinuxException e) {
            throw new CaptureException(name + " cannot be read: " + e.getMessage(), e);
        }
        return silentInMs == 0 && framing.idle(sink); // else a late wake-up would count as silence: look once more
    }

    private boolean readChunk(AccessUnitSink sink) throws CaptureException, LinuxException {
        if (!isAtEnd) {
            ByteBuffer chunk = readBytes();
            if (chunk == null) {
                return false;
            }
            lastReadNs = System.nanoTime();
            isAtEnd = !chunk.hasRemaining();
            if (!isAtEnd) {
                return framing.take(chunk, TimeUnit.NANOSECONDS.toMicros(lastReadNs), sink);
            }
            if (framing.ended(sink)) {
                return true;
            }
        }
        throw new CaptureException(
                fd == STANDARD_INPUT_FD
                        ? "Standard input has ended: start the program that writes it anew, and this one with it"
                        : "The writer closed " + name + ": waiting for the next");
    }

    /** What is there; empty at the end, null when there is nothing yet. */
    private ByteBuffer readBytes() throws LinuxException {
        try {
            return buffer.read(fd);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EAGAIN) {
                return null;
            }
            throw e;
        }
    }

    private static int millisUntil(long timeNs) {
        long leftNs = timeNs - System.nanoTime();
        return leftNs <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, 1 + TimeUnit.NANOSECONDS.toMillis(leftNs - 1));
    }

    @Override
    public void close() {
        if (fd != STANDARD_INPUT_FD) {
            Linux.close(fd);
        }
    }
}
