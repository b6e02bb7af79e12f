/* What the three programs share: clocks, big-endian integers, NAL units in Annex B, and marks.
 *
 * The mark of an access unit is a hash of the last bytes of its last slice. Every server passes those bytes through unchanged,
 * whatever it does with start codes, parameter sets or SEI, so feeder and viewers agree on which frame it is without anything
 * being put into the stream. In a fragment with one sample they are the last bytes of the mdat, and so of the WebSocket message. */
#ifndef BENCH_H
#define BENCH_H
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MARK_BYTES 24

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline int64_t clock_ns(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static inline uint32_t get32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static inline void put32(uint8_t *p, uint32_t value) {
    p[0] = value >> 24, p[1] = value >> 16, p[2] = value >> 8, p[3] = value;
}

/* FNV-1a, 64 bits. */
static inline uint64_t mark_of(const uint8_t *p, size_t size) {
    uint64_t hash = 1469598103934665603ULL;
    while (size--) hash = (hash ^ *p++) * 1099511628211ULL;
    return hash;
}

struct nal_unit {
    const uint8_t *bytes;
    size_t size;
};

static inline int nal_unit_type(struct nal_unit nal) {
    return nal.bytes[0] & 31;
}

static inline bool is_slice(struct nal_unit nal) {
    return nal_unit_type(nal) == 1 || nal_unit_type(nal) == 5;
}

/* The next NAL unit at or after *at, without start code and trailing zeros; false at the end. */
static inline bool next_nal_unit(const uint8_t *stream, size_t size, size_t *at, struct nal_unit *nal) {
    size_t i = *at;
    while (i + 3 <= size && !(stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1)) i++;
    if (i + 4 > size) return false;
    size_t start = i + 3, end = start;
    while (end + 3 <= size && !(stream[end] == 0 && stream[end + 1] == 0 && stream[end + 2] <= 1)) end++;
    if (end + 3 > size) end = size;
    *at = end;
    while (end > start + 1 && stream[end - 1] == 0) end--;
    *nal = (struct nal_unit){stream + start, end - start};
    return true;
}
#endif
