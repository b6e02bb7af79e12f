package io.github.berrymse.launcher;

/** What the value of a setting does that is saved while the program runs. */
enum Change {
    LIVE(
            "live",
            "applied to the running camera, without a gap; reopened where its driver does not take it while it streams"),
    REOPENED(
            "reopened",
            "the camera is opened anew; viewers stay, and get a new initialization segment where the stream is another"),
    NEW_STREAM(
            "new stream",
            "the stream of the old name ends, its viewers get close code 1001; one of the new name begins"),
    REBOUND("rebound", "the server moves; viewers get close code 1001, and the page comes back if it can"),
    NEW_PATH("new path", "the new path is served at once; who watches already stays connected"),
    OTHER_FOLDER("other folder", "the jars of the new folder take the place of those of the old one");

    final String label;
    final String words;

    Change(String label, String words) {
        this.label = label;
        this.words = words;
    }
}
