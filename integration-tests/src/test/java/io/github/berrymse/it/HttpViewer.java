package io.github.berrymse.it;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A client of the stream by plain HTTP that keeps every segment. Thread-safe. */
final class HttpViewer implements Closeable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOOV = 0x6D6F6F76;
    private static final int MDAT = 0x6D646174;

    private final InputStream body;
    private final List<byte[]> messages = new ArrayList<>();
    private boolean isEnded;
    private IOException failure;

    private HttpViewer(InputStream body) {
        this.body = body;
    }

    /** Returns when the head of the response is there. */
    static HttpViewer connect(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException(url + ": status " + response.statusCode());
        }
        return reading(response.body());
    }

    static HttpViewer reading(InputStream body) {
        HttpViewer viewer = new HttpViewer(body);
        Thread thread = new Thread(viewer::read, "HTTP viewer");
        thread.setDaemon(true);
        thread.start();
        return viewer;
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(body);
            for (byte[] message; (message = message(in)) != null; ) {
                add(message);
            }
            ended(null);
        } catch (IOException e) {
            ended(e);
        }
    }

    /** Boxes up to {@code moov} or {@code mdat}; null where the response ends. */
    private static byte[] message(DataInputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (byte[] header = in.readNBytes(8); header.length > 0; header = in.readNBytes(8)) {
            if (header.length < 8) {
                throw new EOFException("the response ends within a box");
            }
            byte[] contents = new byte[ByteBuffer.wrap(header).getInt(0) - 8];
            in.readFully(contents);
            message.writeBytes(header);
            message.writeBytes(contents);
            int type = ByteBuffer.wrap(header).getInt(4);
            if (type == MOOV || type == MDAT) {
                return message.toByteArray();
            }
        }
        if (message.size() > 0) {
            throw new EOFException("the response ends within a segment");
        }
        return null;
    }

    private synchronized void add(byte[] message) {
        messages.add(message);
        notifyAll();
    }

    private synchronized void ended(IOException cause) {
        isEnded = true;
        failure = cause;
        notifyAll();
    }

    /** Waits for as many segments, the initialization segment among them; gives all there are. */
    synchronized List<byte[]> await(int count) throws IOException, InterruptedException {
        while (messages.size() < count) {
            if (isEnded) {
                throw new IOException("the response ended after " + messages.size() + " segments", failure);
            }
            wait();
        }
        return List.copyOf(messages);
    }

    synchronized int count() {
        return messages.size();
    }

    /** Waits for the end, which has to be one that the server meant: after a whole segment, and with the last chunk. */
    synchronized List<byte[]> awaitEnd() throws IOException, InterruptedException {
        while (!isEnded) {
            wait();
        }
        if (failure != null) {
            throw failure;
        }
        return List.copyOf(messages);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
