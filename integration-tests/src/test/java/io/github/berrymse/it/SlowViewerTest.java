package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SlowViewerTest {

    private static List<byte[]> read(BareViewer viewer, int count) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        while (messages.size() < count) {
            messages.add(viewer.read(BareViewer.BINARY).payload());
        }
        return messages;
    }

    @Test
    void aStalledViewerSkipsToAKeyFrameAndNobodyElseNotices() throws Exception {
        try (Application application = Application.start();
                Viewer quick = Viewer.connect(application.webSocket());
                BareViewer slow = BareViewer.connect(application)) {
            List<byte[]> seen = new ArrayList<>(read(slow, 5));
            while (application.camera().get("framesDropped").getAsLong() < 60) {
                Thread.sleep(200);
            }
            seen.addAll(read(slow, 400));

            FragmentBytes.checkTimeline(seen);
            List<byte[]> all = quick.await(quick.count() + 30);
            FragmentBytes.checkTimeline(all);
            assertThat(all.stream().skip(1).map(FragmentBytes::new)).noneMatch(f -> f.durationTicks() > 4500);
            assertThat(all.size()).isGreaterThan(seen.size());
        }
    }

    @Test
    void aKeyFrameOfOverAMegabyteReachesASlowViewerWhole(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), "camera: {framing: len32}\n");
        try (Application application = Application.start("-d", "-", "-c", config.toString());
                BareViewer slow = BareViewer.connectNarrowly(application)) {
            byte[] keyFrame = DemoUnits.read().get(0);
            byte[] large = Arrays.copyOf(keyFrame, keyFrame.length + 1_200_000);
            for (int i = keyFrame.length + 2; i < large.length; i += 3) {
                large[i] = 3; // cabac_zero_words, which may follow a slice (ITU-T H.264 7.3.2.8)
            }
            DataOutputStream pipe = new DataOutputStream(application.input());
            for (byte[] unit : List.of(large, keyFrame)) {
                pipe.writeInt(unit.length);
                pipe.write(unit);
            }
            pipe.flush();

            assertThat(slow.read(BareViewer.BINARY).payload()).startsWith(0, 0, 0, 28, 'f', 't', 'y', 'p');
            FragmentBytes message =
                    new FragmentBytes(slow.read(BareViewer.BINARY).payload());
            message.check();
            assertThat(message.sampleSize()).isGreaterThan(1_200_000);
            assertThat(message.bytes()).endsWith(Arrays.copyOfRange(large, keyFrame.length - 1000, large.length));
            new FragmentBytes(slow.read(BareViewer.BINARY).payload()).check();
        }
    }
}
