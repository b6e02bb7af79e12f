package io.github.berrymse.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one verb of the command line to a running program of the same user. Confined to the main thread. */
final class ControlClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlClient.class);
    private static final long GREETING_S = 5;

    private final SocketChannel channel;
    private final InputStream in;
    private final String address;
    private final String state;

    private ControlClient(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        String[] greeting = ControlServer.readLine(in).split("\t", 2);
        this.address = greeting[0];
        this.state = greeting.length > 1 ? greeting[1] : "";
    }

    /** @return what the program says, when it did what was asked @throws UsageException with its words when not */
    static String send(Verb verb) throws UsageException, IOException {
        List<ControlClient> running = running();
        try {
            List<ControlClient> meant =
                    running.stream().filter(client -> client.isMeantBy(verb)).toList();
            if (meant.size() == 1) {
                return meant.get(0).ask(verb);
            }
            String addresses = running.stream().map(client -> client.address).collect(Collectors.joining(", "));
            throw new UsageException(
                    1,
                    running.isEmpty()
                            ? "no berrymse of this user is running here"
                            : meant.isEmpty()
                                    ? "that one is not running here, but: " + addresses
                                    : "several are running; choose with -l: " + addresses);
        } finally {
            for (ControlClient client : running) {
                client.close();
            }
        }
    }

    private static List<ControlClient> running() throws IOException, UsageException {
        List<ControlClient> running = new ArrayList<>();
        for (Path socket : sockets()) {
            try {
                running.add(greeted(SocketChannel.open(UnixDomainSocketAddress.of(socket))));
            } catch (ConnectException e) {
                Files.deleteIfExists(socket); // of a program that was killed
            } catch (IOException e) {
                LOG.debug("{} does not greet: {}", socket, e.toString()); // it hangs, or is about to stop
            }
        }
        return running;
    }

    /** @throws IOException when the program at the other end does not greet in time */
    private static ControlClient greeted(SocketChannel channel) throws IOException {
        CountDownLatch greeted = new CountDownLatch(1);
        Thread patience = new Thread(() -> closeUnless(greeted, channel), "patience");
        patience.setDaemon(true);
        patience.start();
        try {
            return new ControlClient(channel);
        } finally {
            greeted.countDown();
        }
    }

    private static void closeUnless(CountDownLatch greeted, SocketChannel channel) {
        try {
            if (!greeted.await(GREETING_S, TimeUnit.SECONDS)) {
                channel.close();
            }
        } catch (InterruptedException | IOException e) {
            LOG.debug("not closed: {}", e.toString());
        }
    }

    private static List<Path> sockets() throws UsageException {
        try {
            return ControlFolder.sockets();
        } catch (IOException e) {
            throw new UsageException(1, e.getMessage());
        }
    }

    private boolean isMeantBy(Verb verb) {
        boolean isAddress = verb.address() == null
                || address.equals(verb.address().toString())
                || verb.address().host().isEmpty()
                        && address.endsWith(":" + verb.address().port());
        return isAddress
                && (verb.state() == null
                        || state.equals(verb.state().toAbsolutePath().toString()));
    }

    private String ask(Verb verb) throws UsageException, IOException {
        OutputStream out = Channels.newOutputStream(channel);
        String argument =
                verb.jar() == null ? verb.argument() : verb.jar().getFileName().toString();
        out.write((verb.name() + ' ' + argument + '\n').getBytes(StandardCharsets.UTF_8));
        if (verb.jar() != null) {
            Files.copy(verb.jar(), out);
        }
        channel.shutdownOutput();
        String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (answer.startsWith("+")) {
            return answer.substring(1);
        }
        throw new UsageException(1, answer.isEmpty() ? "berrymse ended before it answered" : answer.substring(1));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
