package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Judges what drivers say of their controls. */
class ControlTest {

    private static final int INTEGER = 1;
    private static final int INTEGER64 = 5;
    private static final int CTRL_CLASS = 6;
    private static final int STRING = 7;
    private static final int BITMASK = 8;
    private static final int U32 = 0x102;
    private static final int DISABLED = 0x1;
    private static final int READ_ONLY = 0x4;
    private static final int INACTIVE = 0x10;

    @Test
    void keyIsTheNameAsUsersWriteIt() {
        assertThat(key("Brightness")).isEqualTo("brightness");
        assertThat(key("Color Effects, CbCr")).isEqualTo("color_effects_cbcr");
        assertThat(key("White Balance, Auto & Preset")).isEqualTo("white_balance_auto_preset");
        assertThat(key("Repeat Sequence Header")).isEqualTo("repeat_sequence_header");
        assertThat(key("H264 I-Frame Period")).isEqualTo("h264_i_frame_period");
        assertThat(key("(Focus) [abs.]")).as("nothing at the beginning or end").isEqualTo("focus_abs");
    }

    @Test
    void profilesHaveTheNumbersOfTheMenu() {
        assertThat(Control.profile("baseline")).isZero();
        assertThat(Control.profile("constrained-baseline")).isEqualTo(1);
        assertThat(Control.profile("main")).isEqualTo(2);
        assertThat(Control.profile("high")).isEqualTo(4);
        assertThat(Control.profile("")).isEqualTo(-1);
        assertThat(Control.profile("ultra")).isEqualTo(-1);
    }

    @Test
    void settableIsWhatTakesOneValueOfAnyType() {
        assertThat(control(INTEGER, 0).isSettable()).isTrue();
        assertThat(control(BITMASK, 0).isSettable()).isTrue();
        assertThat(control(INTEGER, INACTIVE).isSettable())
                .as("inactive just now")
                .isTrue();
        assertThat(control(INTEGER, READ_ONLY).isSettable()).isFalse();
        assertThat(control(INTEGER, DISABLED).isSettable()).isFalse();
        assertThat(control(INTEGER64, 0).isSettable()).isTrue();
        assertThat(control(STRING, 0).isSettable()).isTrue();
        assertThat(control(U32, 0).isSettable()).isFalse();
        assertThat(new Control(1, INTEGER, "Array", 0, 1, 1, 0, 1).isSettable())
                .as("one of several values, even if there is one only")
                .isFalse();
        assertThat(control(CTRL_CLASS, 0).isSettable()).isFalse();
    }

    private static String key(String name) {
        return new Control(1, INTEGER, name, 0, 1, 1, 0, 0).key();
    }

    private static Control control(int type, int flags) {
        return new Control(1, type, "Control", 0, 1, 1, flags, 0);
    }
}
