/* feed: the camera. Plays an Annex B clip access unit by access unit in real time to standard output, over and over, each as
 * [u32 big-endian length][access unit], and logs each hand-over: "monotonic_ns mark is_sync". Ends when nobody reads. */
#include "bench.h"

#define MAX_ACCESS_UNITS 100000

struct access_unit {
    const uint8_t *bytes;
    size_t size;
    uint64_t mark;
    bool is_sync;
};

static struct access_unit clip[MAX_ACCESS_UNITS];
static int count;

static uint8_t *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) die(path);
    *size = ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size);
    if (!bytes || fread(bytes, 1, *size, file) != *size) die(path);
    fclose(file);
    return bytes;
}

/* AUD, SPS, PPS, SEI or a slice with first_mb_in_slice 0, once the picture before has its slices. */
static bool starts_access_unit(struct nal_unit nal) {
    int type = nal_unit_type(nal);
    return (type >= 6 && type <= 9) || (is_slice(nal) && (nal.bytes[1] & 0x80));
}

static void split(const uint8_t *stream, size_t size) {
    size_t at = 0, start = 0;
    bool has_slice = false, is_sync = false;
    struct nal_unit nal, last = {0};
    while (count < MAX_ACCESS_UNITS) {
        bool more = next_nal_unit(stream, size, &at, &nal);
        if (has_slice && (!more || starts_access_unit(nal))) {
            size_t end = last.bytes + last.size - stream;
            clip[count++] = (struct access_unit){stream + start, end - start, mark_of(stream + end - MARK_BYTES, MARK_BYTES), is_sync};
            start = end;
            has_slice = is_sync = false;
        }
        if (!more) return;
        has_slice |= is_slice(nal);
        is_sync |= nal_unit_type(nal) == 5;
        last = nal;
    }
}

static void check_marks(void) {
    for (int i = 0; i < count; i++)
        for (int j = 0; j < i; j++)
            if (clip[i].mark == clip[j].mark) fprintf(stderr, "feed: access units %d and %d look the same; use a noisier clip\n", j, i);
}

static void sleep_until(int64_t at_ns) {
    struct timespec t = {at_ns / 1000000000LL, at_ns % 1000000000LL};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {}
}

static bool hand_over(const struct access_unit *unit, FILE *log) {
    uint8_t length[4];
    put32(length, unit->size);
    struct iovec parts[] = {{length, sizeof length}, {(void *)unit->bytes, unit->size}};
    int64_t at_ns = clock_ns(CLOCK_MONOTONIC);
    if (writev(STDOUT_FILENO, parts, 2) != (ssize_t)(sizeof length + unit->size)) return false;
    fprintf(log, "%lld %016llx %d\n", (long long)at_ns, (unsigned long long)unit->mark, unit->is_sync);
    return true;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: feed CLIP.h264 FRAMES_PER_SECOND LOG\n");
        return 2;
    }
    size_t size;
    const uint8_t *stream = read_file(argv[1], &size);
    split(stream, size);
    if (!count) {
        fprintf(stderr, "feed: no access unit in %s\n", argv[1]);
        return 1;
    }
    check_marks();
    FILE *log = fopen(argv[3], "w");
    if (!log) die(argv[3]);
    setlinebuf(log);
    signal(SIGPIPE, SIG_IGN);
    fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 1 << 20); /* holds several key frames: the camera does not wait for the reader */
    int64_t start_ns = clock_ns(CLOCK_MONOTONIC), step_ns = (int64_t)(1e9 / atof(argv[2]));
    for (int64_t k = 0;; k++) {
        sleep_until(start_ns + k * step_ns);
        if (!hand_over(&clip[k % count], log)) return 0;
    }
}
