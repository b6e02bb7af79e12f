package io.github.berrymse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"video_websocket", "/video", "//video", "Player", "a.b-c", "..."})
    void takesANameWithOrWithoutASlashBefore(String text) {
        assertThat(WebSocketName.TYPE.parse(text)).isEqualTo(text.replace("/", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"player", "/player", "berrymse.js", "index.html", "api", "stream", "hls", ".", ".."})
    void refusesWhatTheServerOrTheBrowserNeedsInOneSentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebSocketName.TYPE.parse(text))
                .withMessage("'" + text + "' is taken by the server itself; choose another name");
    }

    @Test
    void everyPartOfThePageIsTaken() throws Exception {
        URI page = getClass().getResource("/static/index.html").toURI();
        if (page.getScheme().equals("file")) {
            assertThat(WebSocketName.TAKEN).containsAll(names(Path.of(page).getParent()));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(page, Map.of())) {
                assertThat(WebSocketName.TAKEN).containsAll(names(jar.getPath("static")));
            }
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
