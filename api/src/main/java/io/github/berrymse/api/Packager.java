package io.github.berrymse.api;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Wraps the access units of one stream into fragments. One that throws is dropped, and its codec is asked for another after
 * 1 s. Confined to the capture thread, but for the counters.
 */
@ConsumerType
public interface Packager {

    /**
     * Packs one access unit at once: no frame waits for the next. Malformed NAL units are dropped and counted; nothing
     * is thrown for them. A picture whose reference is known to be lost is not packed.
     *
     * @param unit borrowed, its bytes are copied once
     * @param out takes the one fragment, if the unit held a picture; called before this method returns
     */
    void write(AccessUnit unit, Consumer<Fragment> out);

    /**
     * The camera was opened anew: what comes next starts with a sync sample, and its clock may have another origin. The
     * timeline goes on without a hole.
     */
    void restart();

    /**
     * From the next sync sample on, players are to turn the pictures clockwise, which the camera has not done. The
     * initialization segment says so, and is another then. A packager whose format has no word for that leaves the
     * pictures as they are.
     *
     * @param degrees 0, as at first, 90, 180 or 270
     */
    default void rotate(int degrees) {}

    /** NAL units dropped as malformed since the packager was made. Thread-safe. */
    long malformedNalUnits();

    /** Access units left out because their reference was lost or no sync sample had come yet. Thread-safe. */
    long undecodableAccessUnits();
}
