package io.github.berrymse.v4l2;

import java.nio.ByteBuffer;

/**
 * A buffer that the driver has filled (struct v4l2_buffer). Its bytes are the driver's memory, and valid until the
 * buffer is queued again. Confined to one thread.
 *
 * @param index of the buffer, from 0
 * @param data position 0 to limit, direct
 * @param sequence the driver's number of the frame, unsigned
 * @param timestampUs the driver's time, in microseconds
 * @param isMonotonic whether that is of the monotonic clock
 * @param isError whether the driver says that the contents are damaged
 */
public record Frame(int index, ByteBuffer data, int sequence, long timestampUs, boolean isMonotonic, boolean isError) {}
