package io.github.berrymse.v4l2;

/**
 * An ioctl and its number: {@code _IOC(direction, type, nr, size of the argument)} of asm-generic/ioctl.h, which x86 and
 * ARM share. Immutable.
 *
 * @param name as the kernel's header has it
 * @param number what ioctl(2) takes
 */
record Ioctl(String name, int number) {

    private static final int WRITE = 1;
    private static final int READ = 2;
    private static final char V4L2 = 'V';

    static Ioctl read(String name, int nr, int size) {
        return new Ioctl(name, number(READ, V4L2, nr, size));
    }

    static Ioctl write(String name, int nr, int size) {
        return new Ioctl(name, number(WRITE, V4L2, nr, size));
    }

    static Ioctl readWrite(String name, int nr, int size) {
        return readWrite(name, V4L2, nr, size);
    }

    /** @param type of the ioctl, a letter for each interface of the kernel's */
    static Ioctl readWrite(String name, char type, int nr, int size) {
        return new Ioctl(name, number(READ | WRITE, type, nr, size));
    }

    private static int number(int direction, char type, int nr, int size) {
        return direction << 30 | size << 16 | type << 8 | nr;
    }
}
