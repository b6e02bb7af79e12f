package io.github.berrymse.launcher;

/** Why a bundle was not swapped, in words for the user; what ran before goes on. */
final class SwapException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether it may succeed when another bundle has come; it was not tried then. */
    final boolean isPremature;

    /** Whether it took the picture away. */
    final boolean isWithoutPicture;

    SwapException(String message) {
        this(message, null);
    }

    SwapException(String message, Throwable cause) {
        super(message, cause);
        isPremature = false;
        isWithoutPicture = false;
    }

    private SwapException(String message, boolean isPremature, boolean isWithoutPicture) {
        super(message);
        this.isPremature = isPremature;
        this.isWithoutPicture = isWithoutPicture;
    }

    static SwapException premature(String message) {
        return new SwapException(message, true, false);
    }

    static SwapException withoutPicture(String message) {
        return new SwapException(message, false, true);
    }
}
