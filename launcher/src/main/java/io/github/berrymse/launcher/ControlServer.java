package io.github.berrymse.launcher;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code berrymse bundles}, {@code swap} and {@code rollback} on a Unix domain socket that only its user can reach.
 * A connection is one request: the server says a line about itself, the client a line with the verb and its argument, and
 * for {@code swap} the jar; the answer is {@code +} or {@code -} and a text. Its {@link #run} is the thread {@code control}.
 */
final class ControlServer implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int LONGEST_LINE = 4096;
    private static final long PAUSE_MS = 5_000;
    private static final int MOST_ATTEMPTS = 3;

    private final Path path;
    private final ServerSocketChannel socket;
    private final Supplier<String> greeting;
    private final BundleCommands commands;

    private ControlServer(Path path, ServerSocketChannel socket, Supplier<String> greeting, BundleCommands commands) {
        this.path = path;
        this.socket = socket;
        this.greeting = greeting;
        this.commands = commands;
    }

    /** @param greeting where this program is to be found, and its state folder, with a tab between */
    static ControlServer open(Supplier<String> greeting, BundleCommands commands) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return bound(ControlFolder.open(), greeting, commands);
            } catch (IOException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                LOG.debug(
                        "once more: {}", e.toString()); // another program may have taken its folder away as it stopped
            }
        }
    }

    /** The socket gets its name when it listens: clients remove one at which nobody does. */
    private static ControlServer bound(Path folder, Supplier<String> greeting, BundleCommands commands)
            throws IOException {
        String name = String.valueOf(ProcessHandle.current().pid());
        Path unnamed = folder.resolve(ControlFolder.NOT_YET + name);
        Path path = folder.resolve(name);
        Files.deleteIfExists(unnamed);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(unnamed));
            Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
            return new ControlServer(path, socket, greeting, commands);
        } catch (IOException e) {
            socket.close();
            Files.deleteIfExists(unnamed);
            throw e;
        }
    }

    @Override
    public void run() {
        while (socket.isOpen()) {
            try {
                SocketChannel client = socket.accept();
                Thread thread = new Thread(() -> serve(client), "control request");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                pauseAfter(e);
            }
        }
    }

    /** Out of file descriptors, say: others may give some back. */
    private void pauseAfter(IOException e) {
        if (!socket.isOpen()) {
            return;
        }
        LOG.warn("berrymse bundles, swap and rollback cannot reach this program for a moment: {}", e.toString());
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            write(client, greeting.get() + '\n');
            InputStream in = new BufferedInputStream(Channels.newInputStream(client));
            String line = readLine(in);
            if (!line.isEmpty()) {
                write(client, answer(line, in));
            }
        } catch (IOException e) {
            LOG.debug("{}", e.toString()); // the client has gone
        }
    }

    private String answer(String line, InputStream jar) {
        String verb = line.replaceFirst(" .*", "");
        String argument = line.substring(Math.min(line.length(), verb.length() + 1));
        try {
            return "+"
                    + switch (verb) {
                        case "bundles" -> commands.bundles();
                        case "swap" -> commands.swap(argument, jar);
                        case "rollback" -> commands.rollBack(argument);
                        default -> throw new SwapException(
                                "this berrymse cannot " + verb + "; is it of another version?");
                    };
        } catch (SwapException e) {
            return "-" + e.getMessage();
        } catch (RuntimeException e) {
            LOG.error("berrymse {} failed: {}", line, e.toString(), e);
            return "-it failed with " + e + "; the log of the running berrymse has more";
        }
    }

    private static void write(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    /** A line without its end; what follows stays unread. */
    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n' && line.size() < LONGEST_LINE; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Takes the socket away, and the folder with the last one. */
    @Override
    public void close() throws IOException {
        socket.close();
        Files.deleteIfExists(path);
        try {
            Files.deleteIfExists(path.getParent());
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} stays, another berrymse is running", path.getParent());
        }
    }
}
