package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipeTest {
    @TempDir
    Path folder;

    private List<byte[]> units;

    @BeforeEach
    void readDemo() throws IOException {
        units = DemoUnits.read();
    }

    @Test
    void anAccessUnitIsShownWhenThePipeGoesIdleAndNotWhenTheNextBegins() throws Exception {
        try (Application application = Application.start("-d", "-")) {
            OutputStream pipe = application.input();
            pipe.write(units.get(0));
            pipe.flush();
            application.awaitFrames(1);
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
            application.awaitFrames(60);
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
            application.awaitFrames(1);
            try (Viewer viewer = Viewer.connect(application.webSocket())) {
                viewer.await(2);
                application.input().close();
                assertThat(application.awaitState("waiting").get("reason").getAsString())
                        .containsIgnoringCase("standard input");
                assertThat(viewer.isClosed()).isFalse();
            }
        }
    }

    @Test
    void nothingThatRefersToAPictureThatAPauseCutIsSent() throws Exception {
        try (Application application = Application.start("-d", "-")) {
            OutputStream pipe = application.input();
            pipe.write(units.get(0));
            pipe.flush();
            application.awaitFrames(1);
            try (Viewer viewer = Viewer.connect(application.webSocket())) {
                viewer.await(2);
                byte[] cut = units.get(1);
                pipe.write(cut, 0, cut.length / 2);
                pipe.flush();
                viewer.await(3); // silence was taken for its end
                pipe.write(cut, cut.length / 2, cut.length - cut.length / 2);
                for (byte[] unit : units.subList(2, 63)) {
                    pipe.write(unit);
                }
                pipe.flush();
                List<byte[]> messages = viewer.await(6);
                assertThat(messages).hasSize(6);
                FragmentBytes.checkTimeline(messages);
                for (int i = 0; i < 3; i++) {
                    assertThat(slice(messages.get(3 + i))).isEqualTo(slice(units.get(60 + i)));
                }
                assertThat(application.camera().get("framesLost").getAsInt()).isGreaterThanOrEqualTo(58);
            }
        }
    }

    @Test
    void viewersStayWhileOneWriterOfANamedPipeFollowsAnother() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        byte[] otherCamera = Files.readAllBytes(Path.of("..", "h264", "src", "test", "streams", "cropped.h264"));
        try (Application application = Application.start("-d", pipe.toString())) {
            OutputStream first = Files.newOutputStream(pipe);
            first.write(units.get(0));
            application.awaitFrames(1);
            try (Viewer viewer = Viewer.connect(application.webSocket())) {
                viewer.await(2);
                for (byte[] unit : units.subList(1, 10)) {
                    first.write(unit);
                }
                first.close();
                application.awaitLog("The writer closed " + pipe);
                viewer.await(1 + 10);
                try (OutputStream second = Files.newOutputStream(pipe)) {
                    second.write(otherCamera);
                }
                viewer.await(1 + 10 + 1 + 10);
                application.awaitLog(
                        "The writer closed " + pipe, 2); // else it would write to who has just seen the end
                try (OutputStream third = Files.newOutputStream(pipe)) {
                    for (byte[] unit : units.subList(59, 65)) {
                        third.write(unit);
                    }
                }
                List<byte[]> messages = viewer.await(1 + 10 + 1 + 10 + 1 + 5);
                assertThat(FragmentBytes.checkContiguous(messages)).isEqualTo(3);
                assertThat(messages.get(22))
                        .as("nothing of the other camera is left")
                        .isEqualTo(messages.get(0));
                assertThat(slice(messages.get(23))).isEqualTo(slice(units.get(60)));
                assertThat(viewer.isClosed()).isFalse();
            }
        }
    }

    /** The last NAL unit, the one slice of each picture here, of a message or of an access unit. */
    private static byte[] slice(byte[] bytes) {
        if (new FragmentBytes(bytes).type(4).equals("moof")) {
            return Arrays.copyOfRange(bytes, 112 + 4, bytes.length);
        }
        int start = bytes.length - 3;
        while (bytes[start] != 0 || bytes[start + 1] != 0 || bytes[start + 2] != 1) {
            start--;
        }
        return Arrays.copyOfRange(bytes, start + 3, bytes.length);
    }
}
