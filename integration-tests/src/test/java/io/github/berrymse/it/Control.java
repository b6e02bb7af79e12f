package io.github.berrymse.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says the verbs of the command line to a running application without starting a program for each. */
final class Control {
    private final Path socket;

    private Control(Path socket) {
        this.socket = socket;
    }

    static Control of(Application application) throws IOException {
        Path socket = of(application.pid());
        if (!Files.exists(socket)) {
            throw new IOException("the application has no control socket");
        }
        return new Control(socket);
    }

    /** Where the control socket of a process of this user is, or would be. */
    static Path of(long pid) throws IOException {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        String base = runtime == null ? System.getProperty("java.io.tmpdir") : runtime;
        return Path.of(base, "berrymse-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"), String.valueOf(pid));
    }

    /** The answer, without its sign. */
    String swap(Path jar) throws IOException {
        return ask("swap " + jar.getFileName(), Files.readAllBytes(jar));
    }

    String rollBack(String name) throws IOException {
        return ask("rollback " + name);
    }

    String bundles() throws IOException {
        return ask("bundles");
    }

    /** A connection on which nothing was said yet. */
    SocketChannel open() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private String ask(String line, byte... content) throws IOException {
        try (SocketChannel channel = open()) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            out.write(content);
            channel.shutdownOutput();
            InputStream in = Channels.newInputStream(channel);
            String[] answer = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", 2);
            if (!answer[1].startsWith("+")) {
                throw new IOException(answer[1]);
            }
            return answer[1].substring(1);
        }
    }
}
