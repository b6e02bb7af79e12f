package io.github.berrymse.api;

/** A camera that cannot be opened or has failed: the message is one sentence for the user, with what to do about it. */
public class CaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    public CaptureException(String message) {
        super(message);
    }

    public CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
