package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:2020, localhost, 2020, http://localhost:2020/",
        "0.0.0.0:80, 0.0.0.0, 80, http://localhost/",
        "[::]:80, ::, 80, http://localhost/",
        "[::1]:2020, ::1, 2020, http://[::1]:2020/",
        ":2020, '', 2020, http://localhost:2020/",
        "pi.local:8080, pi.local, 8080, http://pi.local:8080/",
    })
    void readsHostAndPort(String text, String host, int port, String url) {
        ListenAddress address = ListenAddress.parse(text);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.url()).isEqualTo(url);
        assertThat(address).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "2020", "::1:2020", "localhost:", "localhost:x", "localhost:0", ":65536", ""})
    void refusesWhatIsNoAddressInOneSentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void namesTheRemedyWhenThePortIsInUse() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListenAddress address = new ListenAddress("127.0.0.1", socket.getLocalPort());
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> address.check(null))
                    .matches(e -> e.exitCode == 1)
                    .withMessageContaining("in use")
                    .withMessageContaining("-l");
        }
    }

    @Test
    void doesNotTakeItsOwnAddressForOneInUse() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            ListenAddress held = new ListenAddress("127.0.0.1", port);
            for (String host : new String[] {"", "0.0.0.0", "127.0.0.1"}) {
                assertThatCode(() -> new ListenAddress(host, port).check(held)).doesNotThrowAnyException();
            }
            for (String elsewhere : new String[] {"127.0.0.2", "192.0.2.1"}) {
                assertThatExceptionOfType(UsageException.class)
                        .isThrownBy(() -> held.check(new ListenAddress(elsewhere, port)));
            }
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> new ListenAddress("192.0.2.1", port).check(held))
                    .withMessageContaining("192.0.2.1");
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> held.check(new ListenAddress("", port + 1)));
        }
    }

    @Test
    void namesAHostThatIsNotHere() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> new ListenAddress("192.0.2.1", 2020).check(null))
                .withMessageContaining("192.0.2.1");
    }

    @Test
    void acceptsAFreePort() {
        assertThatCode(() -> {
                    int port;
                    try (ServerSocket socket = new ServerSocket(0)) {
                        port = socket.getLocalPort();
                    }
                    new ListenAddress("127.0.0.1", port).check(null);
                })
                .doesNotThrowAnyException();
    }
}
