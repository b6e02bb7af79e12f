package io.github.berrymse.source.uvc;

import io.github.berrymse.source.uvc.H264Unit.Selector;
import io.github.berrymse.v4l2.ExtensionUnit.Get;
import io.github.berrymse.v4l2.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a camera's encoder can be asked while it streams (UVC H.264 1.0, 3.3.9 and 3.3.14). Confined to the capture thread. */
final class LiveEncoder {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEncoder.class);
    private static final int PEAK_BITRATE = 2;
    private static final int AVERAGE_BITRATE = 6;
    private static final int BITRATE_LAYERS_SIZE = 10;
    private static final int PICTURE_TYPE_SIZE = 4;
    private static final int PICTURE_TYPE = 2;
    private static final short IDR = 1;
    private static final short IDR_WITH_PARAMETER_SETS = 2;

    private final H264Unit unit;
    private boolean answers = true;

    LiveEncoder(H264Unit unit) {
        this.unit = unit;
    }

    boolean canSetBitrate() {
        return unit.has(Selector.BITRATE_LAYERS);
    }

    /**
     * Sets the bit rate, its peak and its average alike.
     *
     * @param bitrateBps -1 for the camera's own
     * @return bits per second in force then, read back; empty when the camera refuses, or has its own idea of the control
     */
    Optional<Integer> setBitrate(int bitrateBps) throws LinuxException {
        Optional<ByteBuffer> layers = layers(Get.CUR);
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        int inRange = bitrateBps > 0
                ? nearest(bitrateBps)
                : layers(Get.DEF).orElse(layers.get()).getInt(AVERAGE_BITRATE);
        ByteBuffer value = layers.get().putInt(PEAK_BITRATE, inRange).putInt(AVERAGE_BITRATE, inRange);
        return unit.set(Selector.BITRATE_LAYERS, value.array())
                ? Optional.of(layers(Get.CUR).orElse(value).getInt(AVERAGE_BITRATE))
                : Optional.empty();
    }

    private int nearest(int bitrateBps) throws LinuxException {
        int least = layers(Get.MIN).map(range -> range.getInt(AVERAGE_BITRATE)).orElse(0);
        int most = layers(Get.MAX).map(range -> range.getInt(AVERAGE_BITRATE)).orElse(0);
        return most > 0 && least <= most ? Math.max(least, Math.min(most, bitrateBps)) : bitrateBps;
    }

    private Optional<ByteBuffer> layers(Get request) throws LinuxException {
        return unit.get(request, Selector.BITRATE_LAYERS)
                .filter(bytes -> bytes.length >= BITRATE_LAYERS_SIZE)
                .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Asks for an IDR picture, with its parameter sets where the camera can. @return false when it cannot be asked */
    boolean requestKeyFrame() {
        try {
            return answers && (request(IDR_WITH_PARAMETER_SETS) || request(IDR));
        } catch (LinuxException e) {
            answers = false; // to wait for it once more would hold up the picture; if it is gone, reading says so
            LOG.debug("no key frame on request", e);
            return false;
        }
    }

    private boolean request(short type) throws LinuxException {
        ByteBuffer value = ByteBuffer.allocate(PICTURE_TYPE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        return unit.set(
                Selector.PICTURE_TYPE_CONTROL,
                value.putShort(PICTURE_TYPE, type).array());
    }
}
