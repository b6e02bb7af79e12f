package io.github.berrymse.source.file;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.Capture;
import io.github.berrymse.api.CaptureException;
import io.github.berrymse.api.Suitability;
import io.github.berrymse.api.VideoSource;
import io.github.berrymse.v4l2.Linux;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/**
 * Plays an H.264 byte stream (ITU-T H.264 Annex B) as if it were a camera: a file over and over, a pipe or standard input
 * as it comes, and the built-in demo where no camera is. Thread-safe.
 */
@Component
public final class FileSource implements VideoSource {
    static final String STANDARD_INPUT = "-";

    private static final int RANK = 100;
    private static final int RANK_OF_A_NAMED_FILE = 200;
    private static final Path STANDARD_INPUT_FILE = Path.of("/proc/self/fd/0");

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Suitability suits(CameraSettings settings) {
        boolean isAskedFor = settings.source().equals(name());
        String device = settings.device();
        if (!isAskedFor && !settings.source().equals("auto")) {
            return Suitability.notMine("the source " + settings.source() + " is asked for");
        }
        if (!settings.file().isEmpty()) {
            return Suitability.accepted(RANK_OF_A_NAMED_FILE, "plays " + settings.file());
        }
        if (device.isEmpty()) {
            return Suitability.standIn("no camera is chosen and none is there");
        }
        if (device.equals(STANDARD_INPUT)) {
            return Suitability.accepted(RANK, "reads standard input");
        }
        return isAskedFor || Linux.isFileOrPipe(device)
                ? Suitability.accepted(RANK, "reads " + device)
                : Suitability.notMine(device + " is neither a file nor a pipe");
    }

    @Override
    public Capture open(CameraSettings settings) throws CaptureException {
        String name = settings.file().isEmpty() ? settings.device() : settings.file();
        if (name.isEmpty()) {
            return new ClipCapture(Clip.demo(), settings);
        }
        if (name.equals(STANDARD_INPUT)) {
            return Files.isRegularFile(STANDARD_INPUT_FILE)
                    ? new ClipCapture(Clip.open(STANDARD_INPUT_FILE, "standard input"), settings)
                    : PipeCapture.ofStandardInput(settings);
        }
        Path path = path(name);
        return Files.isRegularFile(path)
                ? new ClipCapture(Clip.open(path, name), settings)
                : PipeCapture.open(name, settings);
    }

    private static Path path(String name) throws CaptureException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new CaptureException(name + " is no file name: give the path of an H.264 file or pipe", e);
        }
        if (!Files.exists(path)) {
            throw new CaptureException(name + " is not there: give the path of an H.264 file or pipe");
        }
        if (Files.isDirectory(path)) {
            throw new CaptureException(name + " is a folder: give the path of an H.264 file or pipe");
        }
        return path;
    }
}
