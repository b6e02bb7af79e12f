package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Reads and sets controls of drivers of today and of before. */
class DeviceControlsTest {

    private static final Control GAIN = control(1, 1, "Gain", -100, 100, 0);
    private static final Control TITLE = control(2, 7, "Title", 2, 8, 0);
    private static final Control RATE = control(3, 5, "Pixel Rate", Long.MIN_VALUE, Long.MAX_VALUE, 0);
    private static final Control LAMPS = control(4, 8, "Lamps", 0, 0x80000003L, 0);
    private static final Control MATRIX = control(5, 1, "Matrix", 0, 255, 2);
    private static final String[] EXTENDED = {"VIDIOC_QUERY_EXT_CTRL", "VIDIOC_G_EXT_CTRLS", "VIDIOC_S_EXT_CTRLS"};

    @Test
    void everyTypeIsReadAndSetByTheExtendedIoctls() throws Exception {
        FakeDriver driver = full();
        DeviceControls controls = new DeviceControls(driver);

        assertThat(controls.all()).containsExactly(GAIN, TITLE, RATE, LAMPS, MATRIX);
        assertThat(controls.value(GAIN)).isEqualTo(ControlValue.of(-7));
        assertThat(controls.value(TITLE)).isEqualTo(ControlValue.of("door"));
        assertThat(controls.value(RATE)).isEqualTo(ControlValue.of(1L << 40));
        assertThat(controls.value(LAMPS)).isEqualTo(ControlValue.of(0x80000001L));

        assertThat(controls.set(GAIN, -8)).isEqualTo(-8);
        assertThat(controls.set(TITLE, ControlValue.of("Tür"))).isEqualTo(ControlValue.of("Tür"));
        assertThat(controls.set(RATE, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(controls.set(LAMPS, 0x80000002L)).isEqualTo(0x80000002L);
        assertThat(driver.value(2)).isEqualTo(ControlValue.of("Tür"));
        assertThat(driver.value(3)).isEqualTo(ControlValue.of(Long.MIN_VALUE));
        assertThat(driver.asked).containsExactly(EXTENDED);
    }

    @Test
    void whatIsNotThereOrNoSingleValueIsNotFound() {
        DeviceControls controls = new DeviceControls(full());
        assertThat(controls.find(1)).contains(GAIN);
        assertThat(controls.find(3)).contains(RATE);
        assertThat(controls.find(5)).as("an array").isEmpty();
        assertThat(controls.find(6)).isEmpty();
    }

    @Test
    void driverWithoutExtendedControlsIsAskedInTheOldWayFromThenOn() throws Exception {
        FakeDriver driver =
                new FakeDriver(EXTENDED).with(GAIN, ControlValue.of(-7)).with(LAMPS, ControlValue.of(1));
        DeviceControls controls = new DeviceControls(driver);

        assertThat(controls.all()).containsExactly(GAIN, LAMPS);
        assertThat(controls.find(1)).contains(GAIN);
        assertThat(controls.value(GAIN)).isEqualTo(ControlValue.of(-7));
        assertThat(controls.set(GAIN, -8)).isEqualTo(-8);
        assertThat(controls.set(LAMPS, 0x80000002L)).isEqualTo(0x80000002L);
        assertThat(driver.asked)
                .containsExactly("VIDIOC_QUERY_EXT_CTRL", "VIDIOC_QUERYCTRL", "VIDIOC_G_CTRL", "VIDIOC_S_CTRL");
    }

    @Test
    void driverThatOnlyTellsInTheNewWayIsSetInTheOld() throws Exception {
        FakeDriver driver = new FakeDriver("VIDIOC_G_EXT_CTRLS", "VIDIOC_S_EXT_CTRLS").with(GAIN, ControlValue.of(0));
        DeviceControls controls = new DeviceControls(driver);
        Control gain = controls.find(1).orElseThrow();
        assertThat(controls.set(gain, 9)).isEqualTo(9);
        assertThat(driver.asked).containsExactly("VIDIOC_QUERY_EXT_CTRL", "VIDIOC_S_EXT_CTRLS", "VIDIOC_S_CTRL");
    }

    @Test
    void textAndLongNumberAreRefusedByADriverWithoutExtendedControls() {
        DeviceControls controls = new DeviceControls(new FakeDriver(EXTENDED).with(TITLE, ControlValue.of("door")));
        assertThatThrownBy(() -> controls.set(TITLE, ControlValue.of("yard")))
                .hasMessage("VIDIOC_S_EXT_CTRLS /dev/fake: ENOTTY");
        assertThatThrownBy(() -> controls.value(RATE)).hasMessage("VIDIOC_G_EXT_CTRLS /dev/fake: ENOTTY");
    }

    private static FakeDriver full() {
        return new FakeDriver()
                .with(GAIN, ControlValue.of(-7))
                .with(TITLE, ControlValue.of("door"))
                .with(RATE, ControlValue.of(1L << 40))
                .with(LAMPS, ControlValue.of((int) 0x80000001L))
                .with(MATRIX, ControlValue.of(0));
    }

    private static Control control(int id, int type, String name, long minimum, long maximum, int dimensions) {
        return new Control(id, type, name, minimum, maximum, 1, 0, dimensions);
    }
}
