package io.github.berrymse.it.hostile;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A source of another maker, as bad as its property {@code mode} says. In a bundle that the test puts together. */
public final class HostileSource implements VideoSource {
    private String mode;

    public void start(Map<String, Object> properties) {
        mode = (String) properties.get("mode");
    }

    private void hangIf(String where) {
        while (mode.equals(where)) {
            LockSupport.park();
            Thread.interrupted(); // else it would not wait any more, but spin
        }
    }

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        hangIf("suits");
        return Suitability.accepted(1000, "better than all");
    }

    @Override
    public Capture open(CameraSettings settings) {
        hangIf("open");
        throw new NoClassDefFoundError("com/example/Gone");
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        hangIf("watch");
        throw new IllegalStateException("broken");
    }
}
