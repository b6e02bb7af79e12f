package io.github.berrymse.h264;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A picture parameter set (ITU-T H.264 7.3.2.2), as far as to know which sequence it belongs to. Immutable.
 *
 * @param id pic_parameter_set_id, 0 to 255
 * @param spsId seq_parameter_set_id, 0 to 31
 * @param nalUnit the unit as it came
 */
public record PictureParameterSet(int id, int spsId, NalUnit nalUnit) {

    /** @return nothing when it is cut off or holds impossible values */
    public static Optional<PictureParameterSet> parse(ByteBuffer data, int start, int end) {
        var in = new BitReader(data, start, end);
        in.u(8);
        int id = in.ue(255);
        int spsId = in.ue(31);
        in.u(2); // entropy_coding_mode_flag and the one after it: there is more than the two numbers
        return in.isMalformed()
                ? Optional.empty()
                : Optional.of(new PictureParameterSet(id, spsId, NalUnit.copyOf(data, start, end)));
    }
}
