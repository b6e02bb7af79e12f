package io.github.berrymse.source.uvc;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import org.osgi.service.component.annotations.Component;

/** Webcams that encode H.264 (USB Video Class, driver uvcvideo). Thread-safe. */
@Component
public final class UvcSource implements VideoSource {

    @Override
    public String name() {
        return "uvc";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        return Suitability.notMine("webcams are read by the source v4l2");
    }

    @Override
    public Capture open(CameraSettings settings) throws CaptureException {
        throw new CaptureException("Webcams are read by the source v4l2: leave camera.source at auto");
    }
}
