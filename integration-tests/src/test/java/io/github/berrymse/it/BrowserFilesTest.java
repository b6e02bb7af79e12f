package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the page's files are served. */
@Timeout(60)
class BrowserFilesTest {
    private static Application application;

    @BeforeAll
    static void start() throws IOException {
        application = Application.start();
    }

    @AfterAll
    static void stop() throws IOException {
        application.close();
    }

    @Test
    void pagesOfAnyOriginMayImportTheModules() throws Exception {
        HttpResponse<String> module = get("/player/player.js", "");
        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(module.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
    }

    @Test
    void rootIsTheDemoPage() throws Exception {
        assertThat(get("/", "").body()).isEqualTo(get("/index.html", "").body()).contains("<video");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        String tag = get("/berrymse.js", "").headers().firstValue("ETag").orElseThrow();
        assertThat(get("/berrymse.js", tag).statusCode()).isEqualTo(304);
        assertThat(get("/berrymse.js", "\"another\"").statusCode()).isEqualTo(200);
    }

    @Test
    void foldersAndWhatIsNotThereAreNotFound() throws Exception {
        for (String path : new String[] {"/player", "/player/", "/nothing.js", "/nothing", "/static/index.html"}) {
            assertThat(get(path, "").statusCode()).as(path).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(String path, String knownTag) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application.url(path)))
                .header("If-None-Match", knownTag.isEmpty() ? "\"\"" : knownTag)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
