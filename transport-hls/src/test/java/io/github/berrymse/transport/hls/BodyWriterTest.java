package io.github.berrymse.transport.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BodyWriterTest {
    private final TestRequest request = new TestRequest();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private int room;

    /** Takes as many writes as there is room for. */
    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int value) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            room--;
            writes.add(length);
            taken.write(bytes, offset, length);
        }
    };

    private BodyWriter writer(List<Supplier<byte[]>> body) {
        return new BodyWriter(request.async(), out, body);
    }

    @Test
    void writesAsMuchAsTheClientTakesAndGoesOnWhenThereIsRoom() throws IOException {
        byte[] large = new byte[40_000];
        large[39_999] = 7;
        BodyWriter writer = writer(List.of(() -> large, () -> new byte[] {8, 9}));
        room = 2;
        writer.onWritePossible();
        assertThat(writes).containsExactly(16384, 16384);
        room = 3;
        writer.onWritePossible();
        assertThat(writes).containsExactly(16384, 16384, 7232, 2);
        assertThat(taken.toByteArray()).hasSize(40_002).endsWith(7, 8, 9);
        assertThat(request.answers()).isEqualTo(1);
    }

    @Test
    void endsTheRequestOfAClientThatWasSlowerThanThePlaylist() {
        room = 9;
        BodyWriter writer = writer(List.of(() -> new byte[] {1}, () -> null));
        assertThatThrownBy(writer::onWritePossible).isInstanceOf(IOException.class);
        writer.onError(new IOException());
        assertThat(request.answers()).isEqualTo(1);
    }
}
