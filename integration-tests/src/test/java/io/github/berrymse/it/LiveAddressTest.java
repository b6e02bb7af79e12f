package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server moves while people watch, or stays where it is when it cannot. */
@Timeout(120)
class LiveAddressTest {
    @TempDir
    Path folder;

    private Path config;

    private void write(String address, int bitrateBps) throws IOException {
        config = folder.resolve("config.yml");
        Files.writeString(config, "server: {url: '%s'}\ncamera: {bitrate: %d}\n".formatted(address, bitrateBps));
    }

    private Application start(int port) throws IOException {
        write("127.0.0.1:" + port, 1000000);
        return Application.startOn(port, config);
    }

    private static int bitrateBps(Application application) throws Exception {
        return application.camera().getAsJsonObject("asked").get("bitrateBps").getAsInt();
    }

    private static List<byte[]> fiveMore(Viewer viewer) throws InterruptedException {
        return viewer.await(viewer.count() + 5);
    }

    /** A program that has an address of this machine, and with it a port that is free on others. */
    private static ServerSocket otherProgram(String host) throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName(host));
    }

    @Test
    void anotherAddressMovesTheServerAndTellsItsViewers() throws Exception {
        int port = Application.freePort();
        try (Application application = start(Application.freePort());
                Viewer first = Viewer.connect(application.webSocket())) {
            fiveMore(first);
            write("127.0.0.1:" + port, 1000000);
            assertThat(first.awaitClose()).isEqualTo(1001);
            application.awaitAddress();
            try (Viewer second = Viewer.connect(URI.create("ws://127.0.0.1:" + port + "/video_websocket"))) {
                fiveMore(second);
            }
        }
    }

    @Test
    void movesToAllAddressesOfItsOwnPortAndBack() throws Exception {
        assertOneIsClean(() -> {
            try (Application application = start(Application.freePort());
                    Viewer viewer = Viewer.connect(application.webSocket())) {
                fiveMore(viewer);
                write("0.0.0.0:" + application.port(), 2000000);
                application.awaitAddress();
                assertThat(bitrateBps(application)).isEqualTo(2000000);
                write("127.0.0.1:" + application.port(), 3000000);
                application.awaitAddress();
                assertThat(bitrateBps(application)).isEqualTo(3000000);
                return application.log();
            }
        });
    }

    /**
     * Of three moves, as one whose machine stands still just when the web server stops is not: that gives its connections
     * half a second, and logs an error. Nothing else is forgiven.
     */
    private static void assertOneIsClean(Callable<String> moveToLog) throws Exception {
        String log = moveToLog.call();
        for (int moves = 1; moves < 3 && log.contains("ERROR Exception while stopping Jetty"); moves++) {
            log = moveToLog.call();
        }
        assertThat(log).doesNotContain("ERROR", "Exception");
    }

    /** As browsers and scripts keep them; the web server would wait for it longer than for its own end. */
    @Test
    void aConnectionThatIsIdleDoesNotHoldUpTheMove() throws Exception {
        assertOneIsClean(() -> {
            try (Application application = start(Application.freePort());
                    Socket idle = new Socket("127.0.0.1", application.port())) {
                idle.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(idle.getInputStream().read()).isEqualTo('H');
                write("0.0.0.0:" + application.port(), 2000000);
                application.awaitAddress();
                assertThat(bitrateBps(application)).isEqualTo(2000000);
                return application.log();
            }
        });
    }

    @Test
    void aHostThatIsNotHereOrTakenLeavesTheServerWhereItIs() throws Exception {
        try (ServerSocket other = otherProgram("127.0.0.2");
                Application application = start(other.getLocalPort());
                Viewer viewer = Viewer.connect(application.webSocket())) {
            fiveMore(viewer);
            for (String host : new String[] {"192.0.2.1", "127.0.0.2"}) {
                write(host + ":" + application.port(), 2000000);
                application.awaitLog("cannot listen on " + host + ":" + application.port());
            }
            assertThat(FragmentBytes.checkContiguous(fiveMore(viewer))).isEqualTo(1);
            HttpResponse<String> page = application.get("/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(bitrateBps(application)).isEqualTo(1000000);
            assertThat(application.log()).doesNotContain("Exception");
        }
    }

    @Test
    void aServerThatDoesNotComeUpIsBroughtBackWithTheLastGoodSettings() throws Exception {
        try (ServerSocket other = otherProgram("127.0.0.2");
                Application application = start(other.getLocalPort());
                Viewer viewer = Viewer.connect(application.webSocket())) {
            String port = ":" + application.port();
            fiveMore(viewer);
            write("0.0.0.0" + port, 2000000);
            application.awaitLog("did not answer on 0.0.0.0" + port + " within 15 s, and is back on 127.0.0.1" + port);

            assertThat(viewer.awaitClose()).isEqualTo(1001);
            assertThat(bitrateBps(application)).isEqualTo(1000000);
            try (Viewer again = Viewer.connect(application.webSocket())) {
                fiveMore(again);
            }
        }
    }

    @Test
    void aPortThatWasInUseIsTriedAgainWhenTheFileIsSavedAgain() throws Exception {
        try (Application application = start(Application.freePort())) {
            int port;
            try (ServerSocket other = otherProgram("127.0.0.1")) {
                port = other.getLocalPort();
                write("127.0.0.1:" + port, 2000000);
                application.awaitLog("the port is in use");
                assertThat(bitrateBps(application)).isEqualTo(1000000);
            }
            write("127.0.0.1:" + port, 2000000);
            application.awaitAddress();
            try (Viewer viewer = Viewer.connect(URI.create("ws://127.0.0.1:" + port + "/video_websocket"))) {
                fiveMore(viewer);
            }
        }
    }

    /** The camera is opened when the file has been read, and before the page is there. */
    @Test
    void anEditDuringStartUpIsNotLost() throws Exception {
        int port = Application.freePort();
        write("127.0.0.1:" + port, 1000000);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(Application.EXECUTABLE.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (!Files.readString(log).contains("source file plays")) {
                Thread.sleep(1);
            }
            write("127.0.0.1:" + port, 7000000);
            while (!Files.readString(log).contains("config.yml was read again")) {
                Thread.sleep(20);
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
