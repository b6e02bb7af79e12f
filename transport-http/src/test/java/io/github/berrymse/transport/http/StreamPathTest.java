package io.github.berrymse.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPathTest {

    @Test
    void aCameraHasAStreamAndAKeyFrame() {
        assertThat(StreamPath.of("/front-door_2.mp4")).hasValue(new StreamPath("front-door_2", false));
        assertThat(StreamPath.of("/front-door_2/keyframe.mp4")).hasValue(new StreamPath("front-door_2", true));
    }

    @Test
    void aCameraMayBeCalledKeyframe() {
        assertThat(StreamPath.of("/keyframe.mp4")).hasValue(new StreamPath("keyframe", false));
        assertThat(StreamPath.of("/keyframe/keyframe.mp4")).hasValue(new StreamPath("keyframe", true));
    }

    @Test
    void theFirstCameraNeedsNoName() {
        assertThat(StreamPath.of(null)).hasValue(new StreamPath(null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/door", "/.mp4", "/door.webm", "/door/other.mp4", "/a/b/keyframe.mp4", "/door.mp4/"})
    void nothingElseMeansAnything(String pathInfo) {
        assertThat(StreamPath.of(pathInfo)).isEmpty();
    }
}
