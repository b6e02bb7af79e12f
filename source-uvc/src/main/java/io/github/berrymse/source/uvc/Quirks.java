package io.github.berrymse.source.uvc;

import java.util.Map;

/**
 * What models are known to do otherwise than UVC H.264 1.0 has it. Immutable.
 *
 * @param shortestIFramePeriodMs with a shorter one the camera gives no picture at all; 0 for none such
 * @param remark for the user; empty for none
 */
record Quirks(int shortestIFramePeriodMs, String remark) {

    private static final Quirks NONE = new Quirks(0, "");
    private static final Quirks FREEZES_BELOW_A_SECOND = new Quirks(1000, "");

    /** By USB id: Logitech C925e, C922 and C930e; Razer Kiyo Pro. */
    private static final Map<String, Quirks> BY_MODEL = Map.of(
            "046d:085b", FREEZES_BELOW_A_SECOND,
            "046d:085c", FREEZES_BELOW_A_SECOND,
            "046d:0843", FREEZES_BELOW_A_SECOND,
            "1532:0e05", new Quirks(0, "the H.264 of this model is known to be faulty"));

    static Quirks of(UsbIdentity usb) {
        return BY_MODEL.getOrDefault(usb.model(), NONE);
    }
}
