package io.github.berrymse.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets controls by name, one wish after the other. */
class NamedControlsTest {
    private static final int INTEGER = 1;
    private static final int BUTTON = 4;

    private final FakeControls controls = new FakeControls()
            .with(1, INTEGER, "Auto Gain", 1, 1)
            .with(2, INTEGER, "Gain", 100, 30)
            .with(3, BUTTON, "Do White Balance", 0, 0);
    private final Touched touched = new Touched();
    private final List<String> refusals = new ArrayList<>();

    @Test
    void controlThatIsNoLongerNamedGoesBackToWhatItWas() {
        set(Map.of("gain", "50"));
        set(Map.of("gain", "60"));
        set(Map.of());
        assertThat(controls.set).containsExactly("2=50", "2=60", "2=30");
        set(Map.of());
        assertThat(controls.set).as("and only once").hasSize(3);
    }

    @Test
    void valueGoesBackBeforeWhatWouldOverruleIt() {
        set(Map.of("gain", "50", "auto_gain", "no"));
        set(Map.of());
        assertThat(controls.set).containsExactly("1=0", "2=50", "2=30", "1=1");
    }

    @Test
    void controlWhoseNewValueIsRefusedGoesBackWhenItIsNoLongerNamed() {
        set(Map.of("gain", "50"));
        set(Map.of("gain", "many"));
        assertThat(refusals).containsExactly("gain cannot be many: it is 0 to 100");
        set(Map.of());
        assertThat(controls.set).containsExactly("2=50", "2=30");
    }

    @Test
    void buttonIsPressedWhenItIsNewOrItsValueChangedOnly() {
        set(Map.of("do_white_balance", "true"));
        set(Map.of("do_white_balance", "true", "gain", "1"));
        assertThat(controls.set).containsExactly("3=1", "2=1");
        set(Map.of("do_white_balance", "yes"));
        assertThat(controls.set).endsWith("2=30", "3=1");
        set(Map.of());
        set(Map.of("do_white_balance", "yes"));
        assertThat(controls.set).as("named anew").endsWith("2=30", "3=1", "3=1");
    }

    @Test
    void buttonThatCouldNotBePressedIsTriedAgain() {
        controls.busy.add(3);
        set(Map.of("do_white_balance", "true"));
        assertThat(refusals)
                .containsExactly("do_white_balance could not be set to true (VIDIOC_S_EXT_CTRLS /dev/fake: EBUSY)");
        controls.busy.clear();
        set(Map.of("do_white_balance", "true"));
        assertThat(controls.set).containsExactly("3=1");
    }

    @Test
    void controlThatIsRefusedWhileStreamingNeedsARestartIfItIsAskedOtherwiseThanBefore() {
        controls.busy.add(2);
        assertThat(set(Map.of("gain", "50")).needsRestart(Map.of())).isTrue();
        assertThat(set(Map.of("gain", "50")).needsRestart(Map.of("gain", "40"))).isTrue();
        assertThat(set(Map.of("gain", "50", "auto_gain", "no")).needsRestart(Map.of("gain", "50")))
                .as("the restart did not help")
                .isFalse();
        assertThat(set(Map.of("gain", "30")).needsRestart(Map.of("gain", "50")))
                .as("it has that value")
                .isFalse();
    }

    @Test
    void controlThatCannotGoBackWhileStreamingNeedsARestartAndGoesBackThen() {
        set(Map.of("gain", "50"));
        controls.busy.add(2);
        assertThat(set(Map.of()).needsRestart(Map.of("gain", "50"))).isTrue();
        assertThat(refusals).containsExactly("gain could not be set back (VIDIOC_S_EXT_CTRLS /dev/fake: EBUSY)");
        controls.busy.clear();
        assertThat(set(Map.of()).needsRestart(Map.of("gain", "50"))).isFalse();
        assertThat(controls.set).containsExactly("2=50", "2=30");
    }

    @Test
    void valueThatAControlHasIsLeftAlone() {
        set(Map.of("gain", "30"));
        assertThat(controls.set).isEmpty();
        set(Map.of());
        assertThat(controls.set).isEmpty();
    }

    @Test
    void whatIsInForceIsReadBackAlsoOfWhatWasRefused() {
        controls.busy.add(2);
        assertThat(set(Map.of("gain", "50", "auto_gain", "no", "do_white_balance", "true", "zoom", "1"))
                        .inForce())
                .containsExactly(Map.entry("auto_gain", "false"), Map.entry("gain", "30"));
    }

    private NamedControls set(Map<String, String> wanted) {
        NamedControls named = new NamedControls(controls, touched, refusals);
        named.set(wanted);
        return named;
    }
}
