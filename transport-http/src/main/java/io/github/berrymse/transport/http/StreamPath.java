package io.github.berrymse.transport.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request's path asks for. Immutable.
 *
 * @param cameraName null for the first camera
 * @param isKeyFrame the newest key frame, and not the stream
 */
record StreamPath(String cameraName, boolean isKeyFrame) {
    private static final Pattern PATH = Pattern.compile("/([^/]+?)(/keyframe)?\\.mp4");

    /**
     * @param pathInfo as a servlet's: null for the servlet's own address
     * @return empty for one that means nothing
     */
    static Optional<StreamPath> of(String pathInfo) {
        if (pathInfo == null) {
            return Optional.of(new StreamPath(null, false));
        }
        Matcher path = PATH.matcher(pathInfo);
        return path.matches() ? Optional.of(new StreamPath(path.group(1), path.group(2) != null)) : Optional.empty();
    }
}
