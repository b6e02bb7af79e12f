package io.github.berrymse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.api.Fragment;
import io.github.berrymse.api.InitializationSegment;
import io.github.berrymse.api.Segment;
import io.github.berrymse.api.Subscriber;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewerTest {
    private static final long LAG_NS = 1_000_000_000;
    private static final Viewer.Limits LIMITS = new Viewer.Limits(LAG_NS, 1 << 20);

    private final Audience audience = new Audience("test", LIMITS, TestSubscriber.direct());
    private long nowNs = System.nanoTime();

    private Viewer join(Subscriber subscriber, List<Fragment> group) {
        Viewer viewer = new Viewer(subscriber, "test", audience, Delivery.direct(""), group);
        viewer.start();
        return viewer;
    }

    private void offer(Viewer viewer, int first, int end) {
        TestFragment.from(first, end).forEach(fragment -> viewer.offer(Viewer.Offered.live(fragment, nowNs)));
    }

    @Test
    void sendsInitAndTheGroupOfPicturesAtOnceWithTheNewestAtTheLiveEdge() {
        TestSubscriber subscriber = TestSubscriber.quick();
        Viewer viewer = join(subscriber, TestFragment.from(10, 15));

        assertThat(subscriber.received.get(0).isInit()).isTrue();
        assertThat(subscriber.numbers()).containsExactly(10, 11, 12, 13, 14);
        assertThat(subscriber.media()).extracting(Segment::durationTicks).containsOnly(1);

        offer(viewer, 15, 16);
        assertThat(subscriber.media().get(5).durationTicks()).isEqualTo(TestFragment.DURATION_TICKS);
        assertThat(subscriber.media().get(5).decodeTimeTicks()).isEqualTo(5);
    }

    @Test
    void waitsForASyncSampleWhenThereIsNoGroupOfPictures() {
        TestSubscriber subscriber = TestSubscriber.quick();
        Viewer viewer = join(subscriber, List.of());
        offer(viewer, 5, 13);

        assertThat(subscriber.numbers()).containsExactly(10, 11, 12);
        assertThat(viewer.status().framesDropped()).isZero();
    }

    @Test
    void keepsSequenceNumbersAndDecodeTimesContiguousWhateverWasSkipped() {
        TestSubscriber subscriber = TestSubscriber.slow();
        Viewer viewer = join(subscriber, TestFragment.from(0, 3));
        subscriber.take(4);
        offer(viewer, 3, 8);
        nowNs += LAG_NS + 1;
        offer(viewer, 8, 25);
        subscriber.take(100);
        offer(viewer, 25, 30);
        subscriber.take(100);

        List<Segment> media = subscriber.media();
        assertThat(media)
                .extracting(Segment::sequenceNumber)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, media.size()).boxed().toList());
        for (int i = 1; i < media.size(); i++) {
            Segment before = media.get(i - 1);
            assertThat(media.get(i).decodeTimeTicks()).isEqualTo(before.decodeTimeTicks() + before.durationTicks());
            assertThat(media.get(i).durationTicks()).isBetween(1, 2 * TestFragment.DURATION_TICKS);
        }
    }

    @Test
    void continuesAtNextSyncSampleWhenViewerFellBehind() {
        TestSubscriber subscriber = TestSubscriber.slow();
        Viewer viewer = join(subscriber, TestFragment.from(0, 2));
        subscriber.take(2);
        offer(viewer, 2, 8);
        nowNs += LAG_NS + 1;
        offer(viewer, 8, 15);
        subscriber.take(100);

        assertThat(subscriber.numbers()).containsExactly(0, 1, 10, 11, 12, 13, 14);
        assertThat(viewer.status().framesDropped()).isEqualTo(8);
        assertThat(audience.framesDropped()).isEqualTo(8);
    }

    @Test
    void skipsToTheNewestSyncSampleInItsQueue() {
        TestSubscriber subscriber = TestSubscriber.slow();
        Viewer viewer = join(subscriber, TestFragment.from(0, 1));
        subscriber.take(1);
        offer(viewer, 1, 24);
        nowNs += LAG_NS + 1;
        offer(viewer, 24, 26);
        subscriber.take(100);

        assertThat(subscriber.numbers()).containsExactly(0, 20, 21, 22, 23, 24, 25);
    }

    @Test
    void showsAtLeastTheKeyFramesToAViewerWhoIsTooSlow() {
        TestSubscriber subscriber = TestSubscriber.slow();
        Viewer viewer = join(subscriber, TestFragment.from(0, 1));
        subscriber.take(1);
        for (int number = 1; number < 100; number++) {
            nowNs += LAG_NS / 4;
            offer(viewer, number, number + 1);
            if (number % 10 == 9) {
                subscriber.take(1);
            }
        }

        assertThat(subscriber.numbers()).hasSizeGreaterThan(5).allMatch(number -> number % 10 == 0);
        assertThat(viewer.status().queued()).isLessThan(10);
    }

    @Test
    void neverSendsAPictureWhoseReferenceWasDropped() {
        for (int pace = 1; pace < 40; pace++) {
            TestSubscriber subscriber = TestSubscriber.slow();
            Viewer viewer = join(subscriber, TestFragment.from(0, 4));
            for (int number = 4; number < 300; number++) {
                nowNs += LAG_NS / 15;
                offer(viewer, number, number + 1);
                subscriber.take(number % pace == 0 ? pace / 2 : 0);
            }
            List<Integer> numbers = subscriber.numbers();
            for (int i = 1; i < numbers.size(); i++) {
                assertThat(numbers.get(i) % 10 == 0 || numbers.get(i) == numbers.get(i - 1) + 1)
                        .as("pace %s: %s after %s", pace, numbers.get(i), numbers.get(i - 1))
                        .isTrue();
            }
        }
    }

    @Test
    void holdsNoMoreThanItsBytes() {
        TestSubscriber subscriber = TestSubscriber.slow();
        Audience narrow = new Audience("test", new Viewer.Limits(Long.MAX_VALUE, 1000), TestSubscriber.direct());
        Viewer viewer = new Viewer(subscriber, "test", narrow, Delivery.direct(""), List.of());
        offer(viewer, 10, 100);

        assertThat(viewer.status().queued()).isLessThanOrEqualTo(10);
    }

    @Test
    void sendsANewInitializationSegmentOnlyWhenItsBytesDiffer() {
        TestSubscriber subscriber = TestSubscriber.quick();
        Viewer viewer = join(subscriber, List.of());
        InitializationSegment same = TestFragment.init("init");
        InitializationSegment other = TestFragment.init("other");
        viewer.offer(Viewer.Offered.live(TestFragment.key(0), nowNs));
        viewer.offer(Viewer.Offered.live(new TestFragment(same, 1, true, 100), nowNs));
        viewer.offer(Viewer.Offered.live(new TestFragment(other, 2, true, 100), nowNs));
        viewer.offer(Viewer.Offered.live(new TestFragment(other, 3, false, 100), nowNs));

        assertThat(subscriber.received)
                .extracting(Segment::isInit)
                .containsExactly(true, false, false, true, false, false);
        assertThat(subscriber.received.get(3).init()).isEqualTo(other);
    }

    @Test
    void goesOnContiguouslyWhenTheStreamsOwnTimelineStartsAgain() {
        TestSubscriber subscriber = TestSubscriber.quick();
        Viewer viewer = join(subscriber, List.of());
        offer(viewer, 500, 503);
        offer(viewer, 0, 2);

        assertThat(subscriber.media())
                .extracting(Segment::decodeTimeTicks)
                .containsExactly(0L, 1L, 3001L, 6001L, 9001L);
    }

    @Test
    void doesNotRecurseWhenSendingCompletesAtOnce() {
        TestSubscriber subscriber = TestSubscriber.quick();
        join(subscriber, TestFragment.from(0, 100_000));

        assertThat(subscriber.media()).hasSize(100_000);
    }

    @Test
    void sendsNothingAfterItWasClosed() {
        TestSubscriber subscriber = TestSubscriber.slow();
        Viewer viewer = join(subscriber, TestFragment.from(0, 5));
        viewer.close();
        subscriber.take(10);
        offer(viewer, 5, 9);

        assertThat(subscriber.received).hasSize(1);
        assertThat(viewer.status().queued()).isZero();
    }
}
