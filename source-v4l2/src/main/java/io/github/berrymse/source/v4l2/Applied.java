package io.github.berrymse.source.v4l2;

import io.github.berrymse.api.CameraSettings;
import io.github.berrymse.api.CaptureFormat;
import io.github.berrymse.h264.Level;
import io.github.berrymse.v4l2.FrameFormat;
import io.github.berrymse.v4l2.FrameRate;
import io.github.berrymse.v4l2.FrameSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a camera made of the settings, read back from it. Immutable.
 *
 * @param format pixel format and size
 * @param settableRate the frame rate after it was set; unknown when it could not be
 * @param rate the frame rate that the driver states
 * @param bitrateBps empty when the driver has no such control
 * @param rotationDegrees empty when the driver has no such control
 * @param more as {@link CaptureFormat#more}
 * @param startRemarks what the driver did not do as asked when it was opened, in words
 * @param liveRemarks the same of what can be set while it streams
 */
record Applied(
        FrameFormat format,
        FrameRate settableRate,
        FrameRate rate,
        OptionalInt bitrateBps,
        OptionalInt rotationDegrees,
        Map<String, String> more,
        List<String> startRemarks,
        List<String> liveRemarks) {

    CaptureFormat captureFormat(String device, String card, CameraSettings asked) {
        return new CaptureFormat(
                device,
                card,
                format.width(),
                format.height(),
                rate.framesPerSecond(),
                bitrateBps.orElse(0),
                rotationDegrees.orElse(0),
                more,
                remark(asked));
    }

    Applied withFormat(FrameFormat newFormat) {
        return new Applied(newFormat, settableRate, rate, bitrateBps, rotationDegrees, more, startRemarks, liveRemarks);
    }

    Applied withRates(FrameRate newSettableRate, FrameRate newRate) {
        return new Applied(
                format, newSettableRate, newRate, bitrateBps, rotationDegrees, more, startRemarks, liveRemarks);
    }

    Applied withControls(OptionalInt newBitrateBps, OptionalInt newRotationDegrees, List<String> newLiveRemarks) {
        return new Applied(
                format, settableRate, rate, newBitrateBps, newRotationDegrees, more, startRemarks, newLiveRemarks);
    }

    Applied withMore(Map<String, String> newMore) {
        return new Applied(format, settableRate, rate, bitrateBps, rotationDegrees, newMore, startRemarks, liveRemarks);
    }

    Applied remarking(String remark) {
        List<String> more = new ArrayList<>(liveRemarks);
        more.add(remark);
        return withControls(bitrateBps, rotationDegrees, List.copyOf(more));
    }

    /** What its encoder has to carry. */
    Level.Load load(boolean isHighProfile) {
        return new Level.Load(
                format.width(), format.height(), rate.framesPerSecond(), bitrateBps.orElse(0), isHighProfile);
    }

    /** What differs from what was asked, in words; empty when nothing does. */
    String remark(CameraSettings asked) {
        List<String> remarks = new ArrayList<>(startRemarks);
        FrameSize size = new FrameSize(format.width(), format.height());
        FrameSize wanted = new FrameSize(asked.width(), asked.height());
        if (!size.equals(wanted) && !(isOnItsSide(asked) && size.equals(wanted.turned()))) {
            remarks.add(size + " instead of " + wanted);
        }
        if (asked.framesPerSecond() > 0) {
            remarkRate(FrameRate.of(asked.framesPerSecond()), remarks);
        }
        remarks.addAll(liveRemarks);
        return String.join("; ", remarks);
    }

    /** Whether it was asked for a quarter turn, and did it: some drivers then swap width and height. */
    private boolean isOnItsSide(CameraSettings asked) {
        return asked.rotationDegrees() % 180 == 90 && rotationDegrees.orElse(0) == asked.rotationDegrees();
    }

    private void remarkRate(FrameRate asked, List<String> remarks) {
        if (settableRate.framesPerSecond() == 0) {
            remarks.add("its frame rate cannot be set");
        } else if (!settableRate.isAbout(asked)) {
            remarks.add(settableRate + " instead of " + asked + " frames per second");
        }
    }
}
