package io.github.berrymse.source.uvc;

import io.github.berrymse.v4l2.ExtensionUnit;
import io.github.berrymse.v4l2.ExtensionUnit.Get;
import io.github.berrymse.v4l2.LinuxException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests to a camera's H.264 extension unit, told apart by how they fail: a refusal is an answer, and a camera that
 * is gone or does not answer is a {@link LinuxException}. Confined to the capture thread.
 */
final class H264Unit {

    private static final Logger LOG = LoggerFactory.getLogger(H264Unit.class);

    /** The controls that are used here (UVC H.264 1.0, appendix A). */
    enum Selector {
        VIDEO_CONFIG_PROBE(1),
        VIDEO_CONFIG_COMMIT(2),
        RATE_CONTROL_MODE(3),
        PICTURE_TYPE_CONTROL(9),
        ENCODER_RESET(11),
        BITRATE_LAYERS(14),
        QP_STEPS_LAYERS(15);

        final int code;

        Selector(int code) {
            this.code = code;
        }
    }

    private final ExtensionUnit unit;
    private final int selectors;
    private String lastRefusal = "";

    /** @param selectors the controls that the descriptors announce: bit 0 for selector 1 */
    H264Unit(ExtensionUnit unit, int selectors) {
        this.unit = unit;
        this.selectors = selectors;
    }

    boolean has(Selector selector) {
        return (selectors >> selector.code - 1 & 1) != 0;
    }

    /** A value of a control; empty when the camera refuses. */
    Optional<byte[]> get(Get request, Selector selector) throws LinuxException {
        try {
            return has(selector) ? Optional.of(unit.get(request, selector.code)) : Optional.empty();
        } catch (LinuxException e) {
            refused(e);
            return Optional.empty();
        }
    }

    /** Sets a control. @return false when the camera refuses */
    boolean set(Selector selector, byte[] value) throws LinuxException {
        try {
            if (has(selector)) {
                unit.set(selector.code, value);
            }
            return has(selector);
        } catch (LinuxException e) {
            refused(e);
            return false;
        }
    }

    /** In the driver's words, what was refused last. */
    String lastRefusal() {
        return lastRefusal;
    }

    private void refused(LinuxException e) throws LinuxException {
        switch (e.errno()) {
            case ENODEV, ENXIO, ESHUTDOWN, EPROTO, ETIMEDOUT -> throw e;
            default -> {
                LOG.debug("refused", e);
                lastRefusal = e.getMessage();
            }
        }
    }
}
