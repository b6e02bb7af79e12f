package io.github.berrymse.source.uvc;

/**
 * By what a webcam is known again, whatever its device files are called now. Immutable.
 *
 * @param vendor idVendor, four hexadecimal digits
 * @param product idProduct, four hexadecimal digits
 * @param serial iSerial, empty when it has none; cheap cameras share one
 * @param port where it is plugged in, as the kernel writes it, such as {@code 1-1.2}
 * @param interfaceNumber of the VideoControl interface: one device may be several cameras
 */
record UsbIdentity(String vendor, String product, String serial, String port, int interfaceNumber) {

    /** {@code 046d:082d}, as lsusb writes it. */
    String model() {
        return vendor + ":" + product;
    }

    /** Whether it may be the same camera, in whatever port. */
    boolean isLike(UsbIdentity other) {
        return vendor.equals(other.vendor)
                && product.equals(other.product)
                && serial.equals(other.serial)
                && interfaceNumber == other.interfaceNumber;
    }
}
