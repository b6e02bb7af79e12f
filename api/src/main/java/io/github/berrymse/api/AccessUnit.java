package io.github.berrymse.api;

import java.nio.ByteBuffer;

/**
 * One H.264 access unit as an Annex B byte stream (ITU-T H.264 7.4.1.2.3 and B.1), or parameter sets on their own that
 * the driver delivered ahead of one.
 *
 * <p>Pictures come in the order in which they are shown: there are no B pictures. Ahead of each IDR picture come the
 * parameter sets that it needs, as a new packager has none.
 *
 * <p>Borrowed: the bytes belong to whoever handed the unit over and are valid only until {@link
 * AccessUnitSink#accept} returns. Confined to the capture thread.
 *
 * @param data position to limit, NAL units with start codes of three or four bytes; a receiver may move the position
 * @param captureTimeUs when the picture was captured, in microseconds of a monotonic clock with any origin, which may
 *     be another for each capture
 * @param lostBefore how many access units are known to be lost between the one before and this one, 0 or more; at least 16
 *     when the one before turned out to be cut, as its frame_num does not show that
 */
public record AccessUnit(ByteBuffer data, long captureTimeUs, int lostBefore) {}
