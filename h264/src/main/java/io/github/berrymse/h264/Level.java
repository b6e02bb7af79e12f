package io.github.berrymse.h264;

import java.util.Arrays;
import java.util.Optional;

/** The levels and what each allows at most (ITU-T H.264 A.3.1 and A.3.2, table A-1). Immutable. */
public enum Level {
    L1("1", 1_485, 99, 64),
    L1B("1b", 1_485, 99, 128),
    L1_1("1.1", 3_000, 396, 192),
    L1_2("1.2", 6_000, 396, 384),
    L1_3("1.3", 11_880, 396, 768),
    L2("2", 11_880, 396, 2_000),
    L2_1("2.1", 19_800, 792, 4_000),
    L2_2("2.2", 20_250, 1_620, 4_000),
    L3("3", 40_500, 1_620, 10_000),
    L3_1("3.1", 108_000, 3_600, 14_000),
    L3_2("3.2", 216_000, 5_120, 20_000),
    L4("4", 245_760, 8_192, 20_000),
    L4_1("4.1", 245_760, 8_192, 50_000),
    L4_2("4.2", 522_240, 8_704, 50_000),
    L5("5", 589_824, 22_080, 135_000),
    L5_1("5.1", 983_040, 36_864, 240_000),
    L5_2("5.2", 2_073_600, 36_864, 240_000),
    L6("6", 4_177_920, 139_264, 240_000),
    L6_1("6.1", 8_355_840, 139_264, 480_000),
    L6_2("6.2", 16_711_680, 139_264, 800_000);

    /**
     * What a stream takes. Immutable.
     *
     * @param width pixels
     * @param height pixels
     * @param framesPerSecond 0 when unknown
     * @param bitrateBps bits per second of NAL units, 0 when unknown
     * @param isHighProfile whether it is of the High profile, which may have a quarter more bits
     */
    public record Load(int width, int height, double framesPerSecond, long bitrateBps, boolean isHighProfile) {

        private int widthInMbs() {
            return (width + 15) / 16;
        }

        private int heightInMbs() {
            return (height + 15) / 16;
        }
    }

    /** A rate is often a rounded interval. */
    private static final double ROUNDING = 1.0001;

    private static final int BITS_PER_MAX_BR = 1_000; // cpbBrVclFactor
    private static final int BITS_PER_MAX_BR_HIGH = 1_250;

    private final String number;
    private final int maxMbps;
    private final int maxFs;
    private final int maxBr;

    Level(String number, int maxMbps, int maxFs, int maxBr) {
        this.number = number;
        this.maxMbps = maxMbps;
        this.maxFs = maxFs;
        this.maxBr = maxBr;
    }

    /** The level of that number, such as {@code 4}, {@code 4.0} or {@code 1b}. */
    public static Optional<Level> of(String number) {
        String shortest = number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
        return Arrays.stream(values())
                .filter(level -> level.number.equals(shortest))
                .findFirst();
    }

    /** The lowest that allows a stream; empty when none does. */
    public static Optional<Level> lowestFor(Load load) {
        return Arrays.stream(values()).filter(level -> level.allows(load)).findFirst();
    }

    /** Whether a stream keeps to MaxFS, to a picture's longest side, to MaxMBPS and to MaxBR. */
    public boolean allows(Load load) {
        long picture = (long) load.widthInMbs() * load.heightInMbs();
        long longest = Math.max(load.widthInMbs(), load.heightInMbs());
        long bitsPerMaxBr = load.isHighProfile() ? BITS_PER_MAX_BR_HIGH : BITS_PER_MAX_BR;
        return picture <= maxFs
                && longest * longest <= 8L * maxFs
                && picture * load.framesPerSecond() <= maxMbps * ROUNDING
                && load.bitrateBps() <= maxBr * bitsPerMaxBr;
    }

    @Override
    public String toString() {
        return number;
    }
}
