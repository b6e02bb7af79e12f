package io.github.berrymse.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private final TestExchange exchange = new TestExchange();
    private final Answer answer = new Answer(exchange.context, false);
    private final List<String> events = new ArrayList<>();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Runnable event(String name) {
        return () -> events.add(name);
    }

    @BeforeEach
    void listen() {
        answer.whenEnded(event("ended"));
    }

    private void begin() {
        answer.begin(response -> response.setStatus(200), bytes("a"), event("a done"));
    }

    @Test
    void nothingIsWrittenBeforeTheServerIsReadyForTheFirstTime() {
        begin();
        assertThat(exchange.head).containsExactly("setStatus 200");
        assertThat(exchange.body()).isEmpty();
        assertThat(events).isEmpty();
        answer.onWritePossible();
        assertThat(exchange.body()).isEqualTo("a");
        assertThat(events).containsExactly("a done");
    }

    @Test
    void aMessageIsDoneWhenTheOutputIsReadyForTheNext() {
        begin();
        answer.onWritePossible();
        exchange.isReading = false;
        answer.write(bytes("b"), event("b done"));
        assertThat(exchange.body()).isEqualTo("ab");
        assertThat(events).containsExactly("a done");
        exchange.readAll();
        answer.onWritePossible();
        assertThat(events).containsExactly("a done", "b done");
    }

    @Test
    void aMessageMayBeGivenWhenTheOneBeforeIsDoneAHundredThousandTimesInARow() {
        int[] count = {0};
        Runnable[] next = {null};
        next[0] = () -> {
            if (count[0]++ < 100_000) {
                answer.write(bytes("b"), next[0]);
            }
        };
        answer.begin(response -> response.setStatus(200), bytes("a"), next[0]);
        answer.onWritePossible();
        assertThat(exchange.body()).hasSize(100_001);
    }

    @Test
    void nothingIsWrittenAfterTheEnd() {
        begin();
        answer.onWritePossible();
        answer.end();
        answer.end();
        answer.write(bytes("b"), event("b done"));
        answer.onWritePossible();
        assertThat(exchange.body()).isEqualTo("a");
        assertThat(exchange.completed).isEqualTo(1);
        assertThat(events).containsExactly("a done", "ended");
    }

    @Test
    void whoDoesNotReadIsEndedToo() {
        exchange.isReading = false;
        begin();
        answer.onWritePossible();
        answer.stop("service restart");
        assertThat(exchange.completed).isEqualTo(1);
        assertThat(events).containsExactly("ended");
    }

    @Test
    void aClientThatHasGoneIsToldOfOnce() {
        begin();
        answer.onWritePossible();
        answer.onError(new IOException("broken pipe"));
        answer.end();
        assertThat(events).containsExactly("a done", "ended");
        answer.whenEnded(event("late"));
        assertThat(events).endsWith("late");
    }

    @Test
    void onlyWhatHasNotBegunIsRefused() {
        begin();
        answer.refuse(503, "too late");
        assertThat(exchange.head).containsExactly("setStatus 200");
        assertThat(exchange.completed).isZero();
    }

    @Test
    void aRefusalIsOneSentence() {
        answer.refuse(503, "the camera has no picture");
        answer.onWritePossible();
        assertThat(exchange.head)
                .containsExactly(
                        "setStatus 503",
                        "setContentType text/plain; charset=utf-8",
                        "setContentLength 26",
                        "setHeader 5");
        assertThat(exchange.body()).isEqualTo("the camera has no picture\n");
        assertThat(events).containsExactly("ended");
        begin();
        assertThat(exchange.head).hasSize(4);
    }

    @Test
    void whatHasNotBegunWhenItIsStoppedIsRefused() {
        answer.stop("service restart");
        answer.onWritePossible();
        assertThat(exchange.body()).isEqualTo("service restart\n");
        assertThat(exchange.completed).isEqualTo(1);
    }

    @Test
    void anAnswerToHeadEndsAfterItsFirstMessage() {
        Answer head = new Answer(exchange.context, true);
        head.begin(response -> response.setStatus(200), bytes("a"), event("a done"));
        head.onWritePossible();
        assertThat(exchange.completed).isEqualTo(1);
        assertThat(events).isEmpty();
    }
}
