package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipeTest {
    private static List<byte[]> units;

    @TempDir
    Path folder;

    @BeforeAll
    static void readDemo() throws IOException {
        units = DemoUnits.read();
        assertThat(units).hasSize(300);
    }

    @Test
    void anAccessUnitIsShownWhenThePipeGoesIdleAndNotWhenTheNextBegins() throws Exception {
        try (Application application = Application.start("-d", "-")) {
            OutputStream pipe = application.input();
            pipe.write(units.get(0));
            pipe.flush();
            application.awaitState("playing");
            try (Viewer viewer = Viewer.connect(application.webSocket())) {
                for (int i = 1; i < 60; i++) {
                    viewer.await(i + 1);
                    pipe.write(units.get(i));
                    pipe.flush();
                }
                viewer.await(61);
            }
        }
    }

    @Test
    void lengthsDivideAPipeWhenAskedTo() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), "camera: {framing: len32}\n");
        try (Application application = Application.start("-d", "-", "-c", config.toString())) {
            OutputStream pipe = application.input();
            for (int i = 0; i < 60; i++) {
                pipe.write(ByteBuffer.allocate(4).putInt(units.get(i).length).array());
                pipe.write(units.get(i));
                pipe.flush();
            }
            while (application.camera().get("framesIn").getAsInt() < 60) {
                Thread.sleep(10);
            }
            try (Viewer viewer = Viewer.connect(application.webSocket())) {
                assertThat(new FragmentBytes(viewer.await(61).get(1)).isSync()).isTrue();
            }
        }
    }

    @Test
    void viewersStayWhenStandardInputEnds() throws Exception {
        try (Application application = Application.start("-d", "-")) {
            application.input().write(units.get(0));
            application.input().flush();
            application.awaitState("playing");
            try (Viewer viewer = Viewer.connect(application.webSocket())) {
                viewer.await(2);
                application.input().close();
                assertThat(application.awaitState("waiting").get("reason").getAsString())
                        .containsIgnoringCase("standard input");
                assertThat(viewer.isClosed()).isFalse();
            }
        }
    }
}
