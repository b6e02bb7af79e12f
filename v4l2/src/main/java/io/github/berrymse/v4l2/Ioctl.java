package io.github.berrymse.v4l2;

/**
 * An ioctl and its number: {@code _IOC(direction, 'V', nr, size of the argument)} of asm-generic/ioctl.h, which x86 and
 * ARM share. Immutable.
 *
 * @param name as linux/videodev2.h has it
 * @param number what ioctl(2) takes
 */
record Ioctl(String name, int number) {

    private static final int WRITE = 1;
    private static final int READ = 2;

    static Ioctl read(String name, int nr, int size) {
        return new Ioctl(name, number(READ, nr, size));
    }

    static Ioctl write(String name, int nr, int size) {
        return new Ioctl(name, number(WRITE, nr, size));
    }

    static Ioctl readWrite(String name, int nr, int size) {
        return new Ioctl(name, number(READ | WRITE, nr, size));
    }

    private static int number(int direction, int nr, int size) {
        return direction << 30 | size << 16 | 'V' << 8 | nr;
    }
}
