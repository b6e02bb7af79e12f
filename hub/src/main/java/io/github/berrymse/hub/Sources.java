package io.github.berrymse.hub;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources that bundles have registered, and the choice among them. Thread-safe. */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    /** The best source for some settings, and its answer. */
    record Choice(VideoSource source, Suitability suitability) {
        boolean isStandIn() {
            return suitability.rank() == Suitability.STAND_IN;
        }
    }

    /** No source accepts the settings at this moment. */
    static final class NoSourceException extends CaptureException {
        private static final long serialVersionUID = 1L;

        NoSourceException(String message) {
            super(message);
        }
    }

    private final List<VideoSource> sources = new CopyOnWriteArrayList<>();

    void add(VideoSource source) {
        sources.add(source);
    }

    void remove(VideoSource source) {
        sources.remove(source);
    }

    /** @throws NoSourceException when none accepts, with the reason of each */
    Choice best(CameraSettings settings) throws NoSourceException {
        Choice best = null;
        List<String> reasons = new ArrayList<>();
        for (VideoSource source : sources) {
            Suitability suitability = ask(source, settings);
            if (!suitability.isAccepted()) {
                reasons.add(source.name() + ": " + suitability.reason());
            } else if (best == null || suitability.rank() > best.suitability().rank()) {
                best = new Choice(source, suitability);
            }
        }
        if (best != null) {
            return best;
        }
        throw new NoSourceException(
                reasons.isEmpty()
                        ? "no source bundle is installed"
                        : "no source fits (" + String.join("; ", reasons) + ")");
    }

    private static Suitability ask(VideoSource source, CameraSettings settings) {
        try {
            return source.suits(settings);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: source {} cannot say whether it fits: {}", settings.name(), source.name(), e.toString());
            return Suitability.notMine("failed with " + e);
        }
    }
}
