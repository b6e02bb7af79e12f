package io.github.berrymse.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The access units of the built-in demo, as an encoder would put them into a pipe. */
final class DemoUnits {
    private static final int IDR = 5;
    private static final int NON_IDR = 1;

    private DemoUnits() {}

    /** Each picture here is one slice, so a unit ends with its slice. */
    static List<byte[]> read() throws IOException {
        byte[] stream = BundleJars.file("source-file", "io/github/berrymse/source/file/demo.h264");
        List<byte[]> units = new ArrayList<>();
        int start = 0;
        boolean hasSlice = false;
        for (int i = 0; i + 4 < stream.length; i++) {
            if (stream[i] == 0
                    && stream[i + 1] == 0
                    && (stream[i + 2] == 1 || stream[i + 2] == 0 && stream[i + 3] == 1)) {
                int type = stream[i + (stream[i + 2] == 1 ? 3 : 4)] & 0x1F;
                if (hasSlice) {
                    units.add(Arrays.copyOfRange(stream, start, i));
                    start = i;
                }
                hasSlice = type == NON_IDR || type == IDR;
                i += 3;
            }
        }
        units.add(Arrays.copyOfRange(stream, start, stream.length));
        return units;
    }
}
