package io.github.berrymse.source.v4l2;

import io.github.berrymse.v4l2.Control;
import io.github.berrymse.v4l2.Controls;
import io.github.berrymse.v4l2.LinuxException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control that asks an encoder for an IDR picture, where its driver has one: of the Raspberry Pi's legacy camera only
 * some kernels have. Confined to the capture thread.
 */
final class KeyFrameButton {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFrameButton.class);

    private final Controls controls;
    private final Optional<Control> button;

    KeyFrameButton(Controls controls) {
        this.controls = controls;
        this.button = controls.find(Control.FORCE_KEY_FRAME);
    }

    /** @return false when the driver has no such control, or refuses */
    boolean isPressed() {
        if (button.isEmpty()) {
            return false;
        }
        try {
            controls.set(button.get(), 1);
            return true;
        } catch (LinuxException e) {
            LOG.debug("no key frame on request", e);
            return false;
        }
    }
}
