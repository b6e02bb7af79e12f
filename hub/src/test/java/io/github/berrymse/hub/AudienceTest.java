package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private final Audience audience =
            new Audience("test", new Viewer.Limits(1_000_000_000, 1 << 20), TestSubscriber.direct());

    private void offer(int first, int end) {
        TestFragment.from(first, end).forEach(audience::offer);
    }

    @Test
    void givesALateViewerTheGroupOfPicturesSinceTheNewestSyncSample() {
        offer(0, 26);
        TestSubscriber late = TestSubscriber.quick();
        audience.join(late);
        offer(26, 28);

        assertThat(late.numbers()).containsExactly(20, 21, 22, 23, 24, 25, 26, 27);
    }

    @Test
    void feedsEveryoneElseWhenOneViewerIsStuck() {
        TestSubscriber stuck = TestSubscriber.slow();
        TestSubscriber quick = TestSubscriber.quick();
        offer(0, 1);
        audience.join(stuck);
        audience.join(quick);
        offer(1, 500);

        assertThat(quick.numbers()).hasSize(500);
    }

    @Test
    void detachesATransportThatThrowsAndGoesOn() {
        TestSubscriber quick = TestSubscriber.quick();
        Subscriber throwing = new Subscriber() {
            @Override
            public String name() {
                return "hostile";
            }

            @Override
            public void send(Segment segment, Runnable done) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void ended(String reason) {}
        };
        audience.join(throwing);
        audience.join(quick);
        offer(0, 3);

        assertThat(quick.numbers()).containsExactly(0, 1, 2);
        assertThat(audience.viewers()).hasSize(1);
    }

    @Test
    void asksForAKeyFrameWhenAViewerHasNothingToStartWith() {
        assertThat(audience.takeKeyFrameWanted()).isFalse();
        audience.join(TestSubscriber.quick());

        assertThat(audience.takeKeyFrameWanted()).isTrue();
        assertThat(audience.takeKeyFrameWanted()).isFalse();
    }

    @Test
    void tellsEveryoneWhenTheCameraIsGoneAndThoseWhoComeLater() {
        TestSubscriber present = TestSubscriber.quick();
        TestSubscriber late = TestSubscriber.quick();
        audience.join(present);
        audience.end("gone");
        audience.join(late);

        assertThat(present.ended).isEqualTo("gone");
        assertThat(late.ended).contains("gone");
        assertThat(audience.viewers()).isEmpty();
    }

    @Test
    void keepsNoGroupOfPicturesThatHasGrownWithoutBound() {
        for (int number = 0; number < 100; number++) {
            audience.offer(new TestFragment(TestFragment.init("init"), number, number == 0, 1 << 20));
        }
        TestSubscriber late = TestSubscriber.quick();
        audience.join(late);

        assertThat(late.received).isEmpty();
        assertThat(audience.takeKeyFrameWanted()).isTrue();
    }

    @Test
    void givesEveryViewerEveryFragmentOnceWhileOthersJoin() throws InterruptedException {
        audience.limit(new Viewer.Limits(Long.MAX_VALUE, Long.MAX_VALUE)); // one that is late is not too late
        int viewers = 200;
        CountDownLatch joined = new CountDownLatch(viewers);
        List<TestSubscriber> subscribers = new ArrayList<>();
        Thread joining = new Thread(() -> {
            for (int i = 0; i < viewers; i++) {
                TestSubscriber subscriber = TestSubscriber.quick();
                subscribers.add(subscriber);
                audience.join(subscriber);
                joined.countDown();
            }
        });
        joining.start();
        int number = 0;
        while (joined.getCount() > 0 || number % 10 != 5) {
            while (number > 50 * (viewers - joined.getCount() + 1)) {
                Thread.onSpinWait(); // each keeps all it gets
            }
            offer(number, ++number);
        }
        joining.join();
        offer(number, number + 10);

        assertThat(joined.await(0, TimeUnit.SECONDS)).isTrue();
        int end = number + 10;
        for (TestSubscriber subscriber : subscribers) {
            List<Integer> numbers = subscriber.numbers();
            int first = numbers.get(0);
            assertThat(first % 10).isZero();
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            java.util.stream.IntStream.range(first, end).boxed().toList());
        }
    }
}
