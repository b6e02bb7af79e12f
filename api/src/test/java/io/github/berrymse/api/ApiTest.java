package io.github.berrymse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outsiders were promised is in src/test/golden/api.txt; written anew with {@code -Dgolden.write=true}. */
class ApiTest {
    private static final Path GOLDEN = Path.of("src", "test", "golden", "api.txt");

    private ApiRecord now;

    @BeforeEach
    void look() throws IOException, ReflectiveOperationException {
        now = ApiRecord.now();
    }

    @Test
    void theApiIsWhatWasPromised() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN, now.toString());
        }
        assertThat(now.complaint(ApiRecord.of(Files.readString(GOLDEN)))).isEmpty();
    }

    /** The complaint when the promise was the same but for some words. */
    private String complaintWhenPromised(String words, String promisedWords) {
        assertThat(now.text()).contains(words);
        return now.complaint(new ApiRecord("1.0.0", now.text().replace(words, promisedWords)));
    }

    @Test
    void aMethodThatIsGoneBreaksEverybody() {
        assertThat(complaintWhenPromised("  Codec: abstract String name()\n", "  Codec: abstract int number()\n"))
                .contains("gone [Codec: abstract int number()]", "to 2.0.0 (or leave it if 1.0.0 was never released)");
    }

    @Test
    void aNewMethodBreaksThoseWhoImplementIt() {
        assertThat(complaintWhenPromised("  Codec: abstract String name()\n", ""))
                .contains("new [Codec: abstract String name()]", "to 2.0.0");
        assertThat(complaintWhenPromised("  LiveStream: abstract String name()\n", ""))
                .as("outsiders do not implement it")
                .contains("to 1.1.0");
        assertThat(complaintWhenPromised("  Capture: default boolean mayBeSilent()\n", ""))
                .as("it has a default")
                .contains("to 1.1.0");
    }

    @Test
    void anotherRoleBreaksWhoeverReliedOnIt() {
        assertThat(complaintWhenPromised("consumer interface Codec", "provider interface Codec"))
                .contains("to 2.0.0");
    }

    @Test
    void aRaisedVersionHasToBeWrittenDown() {
        ApiRecord raised = new ApiRecord("1.1.0", now.text() + "class New\n");
        assertThat(raised.complaint(new ApiRecord("1.0.0", now.text())))
                .isEqualTo("The API is not what api.txt promises for 1.0.0: gone [], new [class New]."
                        + " The version 1.1.0 covers that: write api.txt anew with -Dgolden.write=true.");
    }
}
