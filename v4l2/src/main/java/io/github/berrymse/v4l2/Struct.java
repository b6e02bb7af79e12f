package io.github.berrymse.v4l2;

/**
 * Lays out a C struct as the compiler does: a subclass lists the fields in the header's order, and each gets its offset
 * by its size and alignment. 64-bit fields are aligned to 8, as on every 64-bit machine and 32-bit ARM. Immutable once
 * constructed.
 */
abstract class Struct {

    private final int pointerSize;
    private int end;
    private int alignment = 1;

    /** @param pointerSize 8 or 4 */
    Struct(int pointerSize) {
        this.pointerSize = pointerSize;
    }

    final int u8() {
        return field(1, 1);
    }

    final int u16() {
        return field(2, 2);
    }

    final int u32() {
        return field(4, 4);
    }

    final int u32(int count) {
        return field(4 * count, 4);
    }

    final int s64() {
        return field(8, 8);
    }

    final int text(int size) {
        return field(size, 1);
    }

    /** A field as large as a pointer, or a union with one in it and the size of that. */
    final int pointer() {
        return union(pointerSize);
    }

    /** A union that holds pointers and is larger than one. */
    final int union(int size) {
        return field(size, pointerSize);
    }

    final int size() {
        return roundedUp(end, alignment);
    }

    private int field(int size, int fieldAlignment) {
        int offset = roundedUp(end, fieldAlignment);
        end = offset + size;
        alignment = Math.max(alignment, fieldAlignment);
        return offset;
    }

    private static int roundedUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
