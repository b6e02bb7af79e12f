package io.github.berrymse.v4l2;

/** The errno values that devices give (asm-generic/errno-base.h and errno.h), with their numbers. Immutable. */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EINTR(4),
    EIO(5),
    ENXIO(6),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    ENODEV(19),
    ENOTDIR(20),
    EISDIR(21),
    EINVAL(22),
    EMFILE(24),
    ENOTTY(25),
    ENOSPC(28),
    EPIPE(32),
    ERANGE(34),
    ENODATA(61),
    EPROTO(71),
    EBADRQC(56),
    EOVERFLOW(75),
    ENOBUFS(105),
    ESHUTDOWN(108),
    ETIMEDOUT(110),
    /** Any other number. */
    OTHER(-1);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    static Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return OTHER;
    }

    static String name(int number) {
        Errno errno = of(number);
        return errno == OTHER ? "errno " + number : errno.name();
    }

    /** What else can be said: of a busy device, who holds it. */
    static String detail(int number, String device) {
        if (number != EBUSY.number) {
            return "";
        }
        String holder = Holder.of(device);
        return holder.isEmpty() ? "" : " (held by " + holder + ")";
    }
}
