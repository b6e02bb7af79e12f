package io.github.berrymse.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Makes FIFOs. */
final class Pipe {
    private Pipe() {}

    static Path make(Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }
}
