package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Puts users' words to controls as drivers describe them. */
class ControlWordsTest {

    private static final Map<Integer, String> NO_MENU = Map.of();
    private static final Control BRIGHTNESS = control(1, "Brightness", 0, 100, 1);
    private static final Control CONTRAST = control(1, "Contrast", -100, 100, 1);
    private static final Control BITRATE = control(1, "Video Bitrate", 25_000, 25_000_000, 25_000);
    private static final Control WIDEST = control(1, "Integer", Integer.MIN_VALUE, Integer.MAX_VALUE, 1);
    private static final Control WIDER = control(5, "Integer 64 Bits", Long.MIN_VALUE, Long.MAX_VALUE, 1);
    private static final Control WIDE_STEPS = control(5, "Pixel Rate", 0, 10_000_000_000L, 4_000_000_000L);
    private static final Control TITLE = control(7, "Title", 2, 4, 1);
    private static final Control FLIP = control(2, "Horizontal Flip", 0, 1, 1);
    private static final Control BUTTON = control(4, "Do White Balance", 0, 0, 0);
    private static final Control BITMASK = control(8, "Bitmask", 0, 0x80402010L, 0);
    private static final Control LINE = control(3, "Power Line Frequency", 0, 3, 1);
    private static final Map<Integer, String> LINES =
            new TreeMap<>(Map.of(0, "Disabled", 1, "50 Hz", 2, "60 Hz", 3, "Auto"));
    private static final Control ISO = control(9, "ISO Sensitivity", 0, 4, 1);
    private static final Map<Integer, String> ISOS = new TreeMap<>(Map.of(0, "0", 1, "100", 2, "200", 4, "800"));
    private static final ControlWords LINE_WORDS = new ControlWords(LINE, LINES);
    private static final ControlWords ISO_WORDS = new ControlWords(ISO, ISOS);

    @Test
    void numbersWithinTheRangeAreTaken() {
        assertThat(parse(BRIGHTNESS, "60")).isEqualTo(60);
        assertThat(parse(BRIGHTNESS, " 0x10 ")).isEqualTo(16);
        assertThat(parse(CONTRAST, "-100")).isEqualTo(-100);
        assertThat(parse(WIDEST, "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(parse(WIDEST, "2147483647")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void outOfRangeNamesTheRangeAndTheNearest() {
        assertThat(refusal(BRIGHTNESS, "101"))
                .isEqualTo("brightness cannot be 101: it is 0 to 100, the nearest is 100");
        assertThat(refusal(CONTRAST, "-4294967297"))
                .isEqualTo("contrast cannot be -4294967297: it is -100 to 100, the nearest is -100");
        assertThat(refusal(BRIGHTNESS, "9223372036854775807")).endsWith("the nearest is 100");
        assertThat(refusal(WIDEST, "2147483648")).endsWith("the nearest is 2147483647");
    }

    @Test
    void betweenTwoStepsIsRefusedWithTheNearest() {
        assertThat(parse(BITRATE, "1500000")).isEqualTo(1_500_000);
        assertThat(refusal(BITRATE, "1510000"))
                .isEqualTo("video_bitrate cannot be 1510000: it is 25000 to 25000000 in steps of 25000,"
                        + " the nearest is 1500000");
    }

    @Test
    void wordsThatAreNoNumberGetTheRange() {
        assertThat(refusal(BRIGHTNESS, "bright")).isEqualTo("brightness cannot be bright: it is 0 to 100");
        assertThat(refusal(BRIGHTNESS, "on")).isEqualTo("brightness cannot be on: it is 0 to 100");
        assertThat(refusal(BRIGHTNESS, "")).contains("it is 0 to 100");
    }

    @Test
    void switchesTakeYesAndNoInEveryWay() {
        assertThat(new String[] {"true", "Yes", "ON", "1"}).allMatch(text -> parse(FLIP, text) == 1);
        assertThat(new String[] {"false", "No", "OFF", "0"}).allMatch(text -> parse(FLIP, text) == 0);
        assertThat(refusal(FLIP, "2")).isEqualTo("horizontal_flip cannot be 2: it is true or false");
    }

    @Test
    void buttonsAreOnlyPressed() {
        assertThat(parse(BUTTON, "true")).isEqualTo(1);
        assertThat(parse(BUTTON, "1")).isEqualTo(1);
        assertThat(refusal(BUTTON, "false"))
                .isEqualTo("do_white_balance cannot be false: it is a button, which true presses");
    }

    @Test
    void bitmasksTakeTheBitsThatTheyHave() {
        assertThat(parse(BITMASK, "0x80000010")).isEqualTo(0x80000010L);
        assertThat(parse(BITMASK, "0")).isZero();
        assertThat(refusal(BITMASK, "0x11")).isEqualTo("bitmask cannot be 0x11: it is made of the bits 0x80402010");
        assertThat(refusal(BITMASK, "0x180000010")).contains("made of the bits");
    }

    @Test
    void menusTakeNamesAndNumbers() {
        assertThat(LINE_WORDS.parse("60 hz")).contains(ControlValue.of(2));
        assertThat(LINE_WORDS.parse("3")).contains(ControlValue.of(3));
        for (String text : new String[] {"4", "true", "4294967297"}) {
            assertThat(LINE_WORDS.parse(text)).isEmpty();
        }
        assertThat(LINE_WORDS.refusal("55 Hz"))
                .isEqualTo("power_line_frequency cannot be 55 Hz: it is one of Disabled, 50 Hz, 60 Hz, Auto");
    }

    @Test
    void menuOfNumbersTakesItsNumbersBeforeTheirPlaces() {
        assertThat(ISO_WORDS.parse("200")).contains(ControlValue.of(2));
        assertThat(ISO_WORDS.parse("4")).contains(ControlValue.of(4));
        assertThat(ISO_WORDS.parse("3")).as("left out by the driver").isEmpty();
    }

    @Test
    void numbersOf64BitsHaveTheirWholeRange() {
        assertThat(parse(WIDER, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(parse(WIDER, "0x7fffffffffffffff")).isEqualTo(Long.MAX_VALUE);
        assertThat(refusal(WIDER, "9223372036854775808"))
                .isEqualTo("integer_64_bits cannot be 9223372036854775808: it is -9223372036854775808 to"
                        + " 9223372036854775807, the nearest is 9223372036854775807");
        assertThat(refusal(WIDER, "-0x8000000000000001")).endsWith("the nearest is -9223372036854775808");
        assertThat(parse(WIDE_STEPS, "8000000000")).isEqualTo(8_000_000_000L);
        assertThat(refusal(WIDE_STEPS, "9999999999"))
                .isEqualTo("pixel_rate cannot be 9999999999: it is 0 to 10000000000 in steps of 4000000000,"
                        + " the nearest is 8000000000");
    }

    @Test
    void textsAreTakenByTheirLengthInBytes() {
        assertThat(new ControlWords(TITLE, NO_MENU).parse("Tür")).contains(ControlValue.of("Tür"));
        assertThat(refusal(TITLE, "Türe"))
                .isEqualTo("title cannot be Türe: it is a text of 2 to 4 bytes, and that has 5");
        assertThat(refusal(TITLE, "x")).endsWith("a text of 2 to 4 bytes, and that has 1");
        Control pairs = control(7, "Pairs", 0, 8, 2);
        assertThat(refusal(pairs, "abc")).endsWith("a text of 0 to 8 in steps of 2 bytes, and that has 3");
    }

    @Test
    void valuesAreSaidAsUsersWriteThem() {
        assertThat(said(BRIGHTNESS, 60)).isEqualTo("60");
        assertThat(said(FLIP, 1)).isEqualTo("true");
        assertThat(said(BITMASK, 0x80000010L)).isEqualTo("0x80000010");
        assertThat(LINE_WORDS.of(ControlValue.of(2))).isEqualTo("60 Hz");
        assertThat(LINE_WORDS.of(ControlValue.of(7))).as("not in the menu").isEqualTo("7");
        assertThat(new ControlWords(TITLE, NO_MENU).of(ControlValue.of("Door"))).isEqualTo("Door");
    }

    private static Control control(int type, String name, long minimum, long maximum, long step) {
        return new Control(1, type, name, minimum, maximum, step, 0, 0);
    }

    private static String said(Control control, long value) {
        return new ControlWords(control, NO_MENU).of(ControlValue.of(value));
    }

    private static long parse(Control control, String text) {
        return new ControlWords(control, NO_MENU).parse(text).orElseThrow().number();
    }

    private static String refusal(Control control, String text) {
        ControlWords words = new ControlWords(control, NO_MENU);
        assertThat(words.parse(text)).isEmpty();
        return words.refusal(text);
    }
}
