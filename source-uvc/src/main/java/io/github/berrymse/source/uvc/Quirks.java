package io.github.berrymse.source.uvc;

import java.util.Map;

/**
 * What models are known to do otherwise than UVC H.264 1.0 has it. Immutable.
 *
 * @param shortestIFramePeriodMs with a shorter one the camera gives no picture at all; 0 for none such
 * @param iFramePeriodStepMs with one that is no multiple of it neither; 1 for any
 * @param remark for the user; empty for none
 */
record Quirks(int shortestIFramePeriodMs, int iFramePeriodStepMs, String remark) {

    private static final Quirks NONE = new Quirks(0, 1, "");

    /** Of a C930e 900 ms are known to freeze it and 1000 ms to work; its users count on in steps of 500 ms. */
    private static final Quirks FREEZES = new Quirks(1000, 500, "");

    /** By USB id: Logitech C925e, C922 and C930e; Razer Kiyo Pro. */
    private static final Map<String, Quirks> BY_MODEL = Map.of(
            "046d:085b", FREEZES,
            "046d:085c", FREEZES,
            "046d:0843", FREEZES,
            "1532:0e05", new Quirks(0, 1, "the H.264 of this model is known to be faulty"));

    /** The nearest I-frame period with which the camera gives pictures. */
    long iFramePeriodMs(long askedMs) {
        long inSteps = Math.round((double) askedMs / iFramePeriodStepMs) * iFramePeriodStepMs;
        return Math.max(shortestIFramePeriodMs, inSteps);
    }

    static Quirks of(UsbIdentity usb) {
        return BY_MODEL.getOrDefault(usb.model(), NONE);
    }
}
