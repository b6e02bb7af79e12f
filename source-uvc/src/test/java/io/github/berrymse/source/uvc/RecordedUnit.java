package io.github.berrymse.source.uvc;

import io.github.berrymse.source.uvc.H264Unit.Selector;
import io.github.berrymse.v4l2.ExtensionUnit;
import io.github.berrymse.v4l2.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * An H.264 extension unit that answers from a file in {@code src/test/recordings}: a line for each request whose answer is
 * not an empty one, as bytes or as fields of PROBE and COMMIT; {@code refuses} with an errno; and what a value that is set
 * {@code becomes}. What is set is remembered, answered to GET_CUR, and noted; of another length than the control's it is
 * refused. Confined to one thread.
 */
final class RecordedUnit implements ExtensionUnit {

    private static final int ENOBUFS = 105;

    /** Each SET_CUR, as {@code ENCODER_RESET 0000} or with the fields by name. */
    final List<String> sets = new ArrayList<>();

    private final Map<String, String> answers = new HashMap<>();
    private final Map<Integer, byte[]> current = new HashMap<>();
    private int selectors;

    static RecordedUnit of(String model) throws IOException {
        RecordedUnit unit = new RecordedUnit();
        for (String line : Files.readAllLines(Path.of("src/test/recordings", model + ".txt"))) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("selectors")) {
                unit.selectors = Integer.parseInt(words[1], 16);
            } else if (!line.startsWith("#")) {
                unit.answers.put(words[0] + " " + words[1], words[2]);
            }
        }
        return unit;
    }

    H264Unit asUnit() {
        return new H264Unit(this, selectors);
    }

    @Override
    public byte[] get(Get request, int selector) throws LinuxException {
        if (request == Get.CUR && current.containsKey(selector)) {
            return current.get(selector).clone();
        }
        String answer = answers.getOrDefault(name(selector) + " " + request, "");
        refuseIfSaid(answer, request + " " + name(selector));
        return bytes(answer, new byte[length(selector)]);
    }

    @Override
    public void set(int selector, byte[] value) throws LinuxException {
        if (value.length != length(selector)) {
            throw new LinuxException("SET_CUR " + name(selector), "/dev/video0", ENOBUFS);
        }
        sets.add(name(selector) + " " + words(selector, value));
        String answer = answers.getOrDefault(name(selector) + " SET_CUR", "");
        String[] firstByteThenAnswer = answer.split(" ", 2);
        if (firstByteThenAnswer[0].length() == 2) { // of the value behind wLayerID
            answer = value[2] == Byte.parseByte(firstByteThenAnswer[0], 16) ? firstByteThenAnswer[1] : "";
        }
        refuseIfSaid(answer, "SET_CUR " + name(selector));
        current.put(selector, bytes(answer.replace("becomes ", ""), value.clone()));
    }

    private static void refuseIfSaid(String answer, String request) throws LinuxException {
        if (answer.startsWith("refuses ")) {
            throw new LinuxException(request, "/dev/video0", Integer.parseInt(answer.substring("refuses ".length())));
        }
    }

    private int length(int selector) {
        return Integer.parseInt(answers.getOrDefault(name(selector) + " length", "0"));
    }

    private static byte[] bytes(String words, byte[] value) {
        if (!words.contains("=")) {
            return words.isEmpty() ? value : HexFormat.of().parseHex(words.replace(" ", ""));
        }
        VideoConfig config = new VideoConfig(value);
        for (String word : words.split(" ")) {
            String[] field = word.split("=");
            config.put(VideoConfig.Field.valueOf(field[0]), Long.decode(field[1]));
        }
        return config.bytes();
    }

    private static String words(int selector, byte[] value) {
        if (selector > Selector.VIDEO_CONFIG_COMMIT.code) {
            return HexFormat.of().formatHex(value);
        }
        StringJoiner words = new StringJoiner(" ");
        for (VideoConfig.Field field : VideoConfig.Field.values()) {
            long number = new VideoConfig(value).get(field);
            boolean isHex = field == VideoConfig.Field.HINTS || field == VideoConfig.Field.PROFILE;
            if (number != 0) {
                words.add(field + "=" + (isHex ? "0x" + Long.toHexString(number) : number));
            }
        }
        return words.toString();
    }

    private static String name(int selector) {
        return Arrays.stream(Selector.values())
                .filter(known -> known.code == selector)
                .map(Selector::name)
                .findFirst()
                .orElseThrow();
    }
}
