package io.github.berrymse.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
    private final Turns turns = new Turns();
    private final List<String> done = new ArrayList<>();

    @Test
    void aTaskThatBringsAnotherIsDoneFirst() {
        turns.execute(() -> {
            turns.execute(() -> done.add("second"));
            done.add("first");
        });
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void whoBringsATaskWhileAnotherRunsDoesNotWait() throws InterruptedException {
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread other = new Thread(() -> turns.execute(() -> {
            isRunning.countDown();
            await(mayEnd);
            done.add("first");
        }));
        other.start();
        await(isRunning);
        turns.execute(() -> done.add("second, by " + (Thread.currentThread() == other ? "the other" : "this")));
        mayEnd.countDown();
        other.join();
        assertThat(done).containsExactly("first", "second, by the other");
    }

    @Test
    void noTaskIsLostBetweenThreads() throws InterruptedException {
        int[] count = {0};
        Runnable many = () -> {
            for (int i = 0; i < 100_000; i++) {
                turns.execute(() -> count[0]++);
            }
        };
        Thread other = new Thread(many);
        other.start();
        many.run();
        other.join();
        turns.execute(() -> done.add("last"));
        assertThat(done).containsExactly("last");
        assertThat(count[0]).isEqualTo(200_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
