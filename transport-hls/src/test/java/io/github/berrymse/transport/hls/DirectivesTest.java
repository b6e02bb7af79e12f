package io.github.berrymse.transport.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectivesTest {
    /** Segments 1000 and 1001 with 7 parts each, and two parts of 1002. */
    private final Playlist growing =
            new TestCamera().groups(2, 60, 30).groups(1, 18, 30).playlist();

    /** Segments 1000 and 1001, and nothing of the next. */
    private final Playlist whole = new TestCamera()
            .groups(1, 60, 30)
            .groups(1, 60, 30)
            .init(TestFragment.init("other"))
            .groups(1, 1, 30)
            .playlist();

    private static Directives asked(String... names) {
        Map<String, String> query =
                names.length == 2 ? Map.of(names[0], names[1]) : Map.of(names[0], names[1], names[2], names[3]);
        return Directives.of(query::get);
    }

    @ParameterizedTest
    @CsvSource({
        "999, -1, true, false",
        "1001, -1, true, false",
        "1002, -1, false, false",
        "1003, -1, false, false",
        "1004, -1, false, true",
        "1, 99, true, false",
        "1001, 7, true, false",
        "1002, 1, true, false",
        "1002, 2, false, false",
        "1002, 11, false, false",
        "1002, 12, false, true",
        "1003, 0, false, false",
        "1003, 9, false, false",
        "1003, 10, false, true",
        "1004, 0, false, true",
    })
    void aGrowingPlaylistMeetsWhatItHas(long sequenceNumber, long part, boolean isMet, boolean isTooFar) {
        Directives directives = new Directives(sequenceNumber, part, false);
        assertThat(directives.isMetBy(growing)).isEqualTo(isMet);
        assertThat(directives.isTooFarAheadOf(growing)).isEqualTo(isTooFar);
    }

    @ParameterizedTest
    @CsvSource({
        "1001, -1, true, false",
        "1001, 6, true, false",
        "1001, 7, false, false",
        "1002, 0, false, false",
        "1003, -1, false, false",
        "1004, -1, false, true",
    })
    void aPartAfterTheLastIsTheFirstOfTheNextSegment(long sequenceNumber, long part, boolean isMet, boolean isTooFar) {
        assertThat(whole.newest().isWhole()).isTrue();
        Directives directives = new Directives(sequenceNumber, part, false);
        assertThat(directives.isMetBy(whole)).isEqualTo(isMet);
        assertThat(directives.isTooFarAheadOf(whole)).isEqualTo(isTooFar);
    }

    @Test
    void readsAQuery() {
        assertThat(Directives.of(name -> null)).isEqualTo(new Directives(-1, -1, false));
        assertThat(asked("_HLS_msn", "12", "_HLS_part", "3")).isEqualTo(new Directives(12, 3, false));
        assertThat(asked("_HLS_msn", "12", "_HLS_skip", "YES")).isEqualTo(new Directives(12, -1, true));
        assertThat(asked("_HLS_skip", "v2").isDelta()).isTrue();
        assertThat(asked("_HLS_skip", "NO").isDelta()).isFalse();
    }

    @Test
    void refusesWhatIsNoNumberOrHasNoSegment() {
        assertThatThrownBy(() -> asked("_HLS_part", "3")).hasMessage("_HLS_part needs _HLS_msn");
        assertThatThrownBy(() -> asked("_HLS_msn", "-1")).hasMessage("_HLS_msn is not a decimal integer");
        assertThatThrownBy(() -> asked("_HLS_msn", "1234567890123456789")).hasMessageContaining("_HLS_msn");
        assertThatThrownBy(() -> asked("_HLS_msn", "1", "_HLS_part", "")).hasMessageContaining("_HLS_part");
    }
}
