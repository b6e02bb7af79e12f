package com.example.source.relay;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.osgi.service.component.annotations.Component;

/** Plays a camera of another BerryMSE as if it were here, from its WebSocket. Thread-safe. */
@Component
public final class RelaySource implements VideoSource {
    private static final int RANK = 300; // above those that take whatever device was chosen
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        if (!settings.source().equals("auto") && !settings.source().equals(name())) {
            return Suitability.notMine("camera.source asks for " + settings.source());
        }
        return settings.device().matches("wss?://.+")
                ? Suitability.accepted(RANK, "relays " + settings.device())
                : Suitability.notMine("camera.sourceFD is no ws:// address");
    }

    @Override
    public Capture open(CameraSettings settings) throws CaptureException {
        RelayCapture capture = new RelayCapture(settings);
        try {
            http.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .buildAsync(URI.create(settings.device()), capture)
                    .join();
            return capture;
        } catch (CompletionException | IllegalArgumentException e) {
            throw new CaptureException(
                    settings.device() + " does not answer as a camera of another BerryMSE does: " + e.getMessage(), e);
        }
    }
}
