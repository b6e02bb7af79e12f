package io.github.berrymse.launcher;

/** Why a bundle was not swapped, in words for the user; what ran before goes on. */
final class SwapException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether it may succeed when another bundle has come; it was not tried then. */
    final boolean isPremature;

    SwapException(String message) {
        this(message, null);
    }

    SwapException(String message, Throwable cause) {
        super(message, cause);
        isPremature = false;
    }

    private SwapException(String message, boolean isPremature) {
        super(message);
        this.isPremature = isPremature;
    }

    static SwapException premature(String message) {
        return new SwapException(message, true);
    }
}
