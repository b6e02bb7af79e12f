package io.github.berrymse.launcher;

/** What the user asked for cannot be done: the message is one sentence that says what to do instead. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** 1: cannot be done here; 2: was not understood. */
    final int exitCode;

    UsageException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }
}
