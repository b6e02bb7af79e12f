package com.example.source.relay;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/** Plays a camera of another BerryMSE as if it were here, from its stream by HTTP. Thread-safe. */
@Component
public final class RelaySource implements VideoSource {
    private static final int RANK = 300; // above those that take whatever device was chosen
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        if (!settings.source().equals("auto") && !settings.source().equals(name())) {
            return Suitability.notMine("camera.source asks for " + settings.source());
        }
        return settings.device().matches("https?://.+")
                ? Suitability.accepted(RANK, "relays " + settings.device())
                : Suitability.notMine("camera.sourceFD is no http:// address");
    }

    @Override
    public Capture open(CameraSettings settings) throws CaptureException {
        String address = settings.device();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return new RelayCapture(settings, response.body());
            }
            response.body().close();
            throw new CaptureException(address + " has no such camera, or no picture: status " + response.statusCode());
        } catch (HttpTimeoutException e) {
            throw new CaptureException(address + " has given no picture for " + PATIENCE.toSeconds() + " s", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new CaptureException(address + " does not answer as a camera of another BerryMSE does: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureException(address + " was not waited for", e);
        }
    }
}
