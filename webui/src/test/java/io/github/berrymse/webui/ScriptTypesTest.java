package io.github.berrymse.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScriptTypesTest {
    private static final Path TSC = Path.of("/usr/bin/tsc");

    @Test
    void scriptsKeepTheTypesOfTheirComments() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(TSC), "tsc is not installed: apt-get install node-typescript");
        Process check = new ProcessBuilder(TSC.toString(), "-p", ".")
                .redirectErrorStream(true)
                .start();
        String complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(complaints).isEmpty();
        assertThat(check.waitFor()).isZero();
    }
}
