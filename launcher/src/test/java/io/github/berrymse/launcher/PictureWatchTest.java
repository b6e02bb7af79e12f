package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.launcher.PictureWatch.Camera;
import io.github.berrymse.launcher.PictureWatch.Wait;
import org.junit.jupiter.api.Test;

/** When a camera counts as having a picture after a swap. */
class PictureWatchTest {
    private final Wait ofFile = new Wait("file");
    private final Wait ofAny = new Wait(null);

    private static Camera camera(String source, long pictures, long asked, long chosen) {
        return new Camera(true, source, pictures, asked, chosen);
    }

    @Test
    void isOverWithTheNextPictureOfWhatWasChosen() {
        assertThat(ofAny.isOver(camera("file", 10, 5, 5))).isFalse();
        assertThat(ofAny.isOver(camera("file", 10, 5, 5))).isFalse();
        assertThat(ofAny.isOver(camera("file", 11, 5, 5))).isTrue();
    }

    @Test
    void picturesOfBeforeTheChoiceDoNotCount() {
        assertThat(ofAny.isOver(camera("file", 10, 5, 4))).isFalse();
        assertThat(ofAny.isOver(camera("file", 11, 5, 4))).isFalse();
        assertThat(ofAny.isOver(camera("file", 12, 5, -1))).isFalse();
        assertThat(ofAny.isOver(camera("other", 12, 5, 5))).isFalse();
        assertThat(ofAny.isOver(camera("other", 13, 5, 5))).isTrue();
    }

    @Test
    void aPictureMayBeLongInComingWhateverTheStateIsMeanwhile() {
        assertThat(ofFile.isOver(camera("file", 10, 5, 5))).isFalse();
        assertThat(ofFile.isOver(new Camera(false, "file", 10, 5, 5))).isFalse();
        assertThat(ofFile.isOver(null)).isFalse();
        assertThat(ofFile.isOver(new Camera(false, "file", 11, 5, 5))).isTrue();
    }

    @Test
    void aSourceThatTellsChangesAllTheTimeIsNoReasonToWait() {
        assertThat(ofFile.isOver(camera("file", 10, 5, 5))).isFalse();
        assertThat(ofFile.isOver(camera("file", 11, 9, 7))).isTrue();
    }

    @Test
    void whereOneSourceIsToGiveItThoseOfAnotherDoNotCount() {
        assertThat(ofFile.isOver(camera("other", 10, 5, 5))).isFalse();
        assertThat(ofFile.isOver(camera("other", 11, 5, 5))).isFalse();
        assertThat(ofFile.isOver(camera("file", 12, 6, 6))).isFalse();
        assertThat(ofFile.isOver(camera("file", 13, 6, 6))).isTrue();
    }

    @Test
    void theCountersOfAHubThatWasReplacedBeginAnew() {
        assertThat(ofFile.isOver(camera("file", 1000, 50, 40))).isFalse();
        assertThat(ofFile.isOver(camera("file", 1, 3, 3))).isFalse();
        assertThat(ofFile.isOver(camera("file", 2, 3, 3))).isTrue();
    }
}
