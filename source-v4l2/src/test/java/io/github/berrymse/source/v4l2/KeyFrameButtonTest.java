package io.github.berrymse.source.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.FakeControls;
import org.junit.jupiter.api.Test;

/** Asks drivers with and without the control for a key frame. */
class KeyFrameButtonTest {

    private static final int BUTTON = 4;

    private final FakeControls controls =
            new FakeControls().with(Control.FORCE_KEY_FRAME, BUTTON, "Force Key Frame", 0, 0);

    @Test
    void isPressedForEachRequest() {
        KeyFrameButton button = new KeyFrameButton(controls);
        assertThat(button.isPressed()).isTrue();
        assertThat(button.isPressed()).isTrue();
        assertThat(controls.set).containsExactly(Control.FORCE_KEY_FRAME + "=1", Control.FORCE_KEY_FRAME + "=1");
    }

    @Test
    void driverThatRefusesIsAskedAgainTheNextTime() {
        KeyFrameButton button = new KeyFrameButton(controls);
        controls.busy.add(Control.FORCE_KEY_FRAME);
        assertThat(button.isPressed()).isFalse();
        controls.busy.clear();
        assertThat(button.isPressed()).isTrue();
    }

    @Test
    void driverWithoutTheControlCannotBeAsked() {
        FakeControls none = new FakeControls();
        assertThat(new KeyFrameButton(none).isPressed()).isFalse();
        assertThat(none.set).isEmpty();
    }
}
