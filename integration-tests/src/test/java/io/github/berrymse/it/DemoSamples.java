package io.github.berrymse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pictures of the built-in demo, so that those that a viewer got can be told one from the other. Immutable. */
final class DemoSamples {
    private static final int IDR = 5;
    private static final int NON_IDR = 1;

    private final Map<String, Integer> numbers = new HashMap<>();

    DemoSamples() throws IOException {
        byte[] demo = BundleJars.file("source-file", "io/github/berrymse/source/file/demo.h264");
        String stream = new String(demo, StandardCharsets.ISO_8859_1);
        for (String nalUnit : stream.split("\0\0\1", -1)) {
            int type = nalUnit.isEmpty() ? 0 : nalUnit.charAt(0) & 0x1F;
            if (type == IDR || type == NON_IDR) {
                numbers.put(nalUnit.replaceFirst("\0+$", ""), numbers.size());
            }
        }
    }

    /** The number of the picture in a media segment; the demo's have one slice each. */
    private int number(byte[] message) {
        int headerSize = 112 + 4;
        String nalUnit = new String(message, headerSize, message.length - headerSize, StandardCharsets.ISO_8859_1);
        return numbers.getOrDefault(nalUnit, -1);
    }

    /**
     * Checks that wherever a picture is not the next of the demo there is a sync sample.
     *
     * @return how often that is so
     */
    int checkReferences(List<byte[]> messages) {
        int jumps = 0;
        int expected = -1;
        for (byte[] message : messages) {
            if (new FragmentBytes(message).type(4).equals("moof")) {
                int number = number(message);
                assertThat(number).as("a picture of the demo").isNotNegative();
                if (number != expected) {
                    assertThat(new FragmentBytes(message).isSync())
                            .as("picture " + number + " where " + expected + " was next")
                            .isTrue();
                    jumps++;
                }
                expected = (number + 1) % numbers.size();
            }
        }
        return jumps - 1;
    }
}
