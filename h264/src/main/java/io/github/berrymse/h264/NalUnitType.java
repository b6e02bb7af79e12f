package io.github.berrymse.h264;

/** The nal_unit_type codes that matter here (ITU-T H.264 Table 7-1). Immutable. */
public final class NalUnitType {
    public static final int NON_IDR_SLICE = 1;
    public static final int PARTITION_A = 2;
    public static final int IDR_SLICE = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;
    public static final int END_OF_SEQUENCE = 10;
    public static final int END_OF_STREAM = 11;
    public static final int FILLER_DATA = 12;

    private static final int PREFIX = 14;
    private static final int LAST_RESERVED_AHEAD = 18;
    private static final int FIRST_UNSPECIFIED = 24;

    private NalUnitType() {}

    /** Whether units of this type hold coded slice data of the primary picture: a VCL NAL unit. */
    public static boolean isVcl(int type) {
        return type >= NON_IDR_SLICE && type <= IDR_SLICE;
    }

    /** Whether the unit begins with a slice header: data partitions B and C have none of their own. */
    public static boolean hasSliceHeader(int type) {
        return type == NON_IDR_SLICE || type == PARTITION_A || type == IDR_SLICE;
    }

    /** Whether the Recommendation gives the type a meaning, or keeps it for a later one. */
    public static boolean isSpecified(int type) {
        return type > 0 && type < FIRST_UNSPECIFIED;
    }

    /**
     * Whether a unit of this type, after a VCL NAL unit, begins the next access unit whatever it holds (7.4.1.2.3). A
     * prefix NAL unit does so only ahead of a first slice, which does so itself: it may come ahead of every slice.
     */
    static boolean opensAccessUnit(int type) {
        return type >= SEI && type <= ACCESS_UNIT_DELIMITER || type > PREFIX && type <= LAST_RESERVED_AHEAD;
    }
}
