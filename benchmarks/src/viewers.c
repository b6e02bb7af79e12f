/* viewers: many viewers of one WebSocket stream in one thread, light enough to share two cores with the server.
 * Understands the WebSocket protocol (RFC 6455) and no more of MP4 than the first and last bytes of a message, notes when each
 * frame came, and prints it all at the end:
 *     viewer ID CONNECT UPGRADED INIT CLOSED      times in ns of CLOCK_MONOTONIC, 0 = never; CLOSED only if the server closed
 *     frame ID SOCKET READ MARK                   SOCKET: the kernel had the last byte; READ: this program read it */
#include "bench.h"
#include <getopt.h>
#include <sys/resource.h>

#define STALLED_RECEIVE_BUFFER 65536 /* so that the server feels the stall soon, and not after megabytes */

struct arrival {
    int64_t socket_ns, read_ns;
    uint64_t mark;
};

struct viewer {
    enum { WAITING, CONNECTING, UPGRADING, OPEN, CLOSED } state;
    int fd;
    int64_t start_ns, connect_ns, upgraded_ns, init_ns, closed_ns;
    char answer[1024];                        /* HTTP answer to the upgrade */
    size_t answer_size;
    uint8_t header[10];                       /* WebSocket frame header */
    size_t header_size;
    uint64_t payload_left;
    uint8_t head[8], tail[MARK_BYTES];        /* first and last bytes of the message so far */
    size_t head_size, tail_size;
    uint8_t control[125];                     /* payload of a control frame */
    size_t control_size;
    struct arrival *arrivals;
    size_t count, capacity;
};

static int poller, viewer_count = 1, port;
static const char *path = "/video_websocket";
static double ramp_s, run_s = 10, stall_at_s, stall_s, leave_s;
static struct viewer *viewers;
static uint8_t buffer[1 << 18];

static int64_t now_ns(void) {
    return clock_ns(CLOCK_MONOTONIC);
}

static void poll_for(struct viewer *v, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = v};
    if (epoll_ctl(poller, operation, v->fd, &event)) die("epoll_ctl");
}

static void close_viewer(struct viewer *v, bool by_server) {
    close(v->fd);
    v->state = CLOSED;
    if (by_server) v->closed_ns = now_ns();
}

static void connect_viewer(struct viewer *v) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1, small = STALLED_RECEIVE_BUFFER;
    v->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (v->fd < 0) die("socket");
    setsockopt(v->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    setsockopt(v->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (stall_s > 0 && v == viewers) setsockopt(v->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    v->state = CONNECTING;
    v->connect_ns = now_ns();
    if (connect(v->fd, (void *)&address, sizeof address) && errno != EINPROGRESS) close_viewer(v, true);
    else poll_for(v, EPOLL_CTL_ADD, EPOLLOUT);
}

static void send_upgrade(struct viewer *v) {
    char request[1024];
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    if (send(v->fd, request, size, MSG_NOSIGNAL) != size) {
        close_viewer(v, true);
        return;
    }
    v->state = UPGRADING;
    poll_for(v, EPOLL_CTL_MOD, EPOLLIN);
}

static void send_pong(struct viewer *v) {
    uint8_t frame[6 + sizeof v->control] = {0x8a, 0x80 | v->control_size}; /* masked with zeros */
    memcpy(frame + 6, v->control, v->control_size);
    if (send(v->fd, frame, 6 + v->control_size, MSG_NOSIGNAL) < 0) close_viewer(v, true);
}

static void end_message(struct viewer *v, int64_t socket_ns, int64_t read_ns) {
    if (v->head_size == 8 && !memcmp(v->head + 4, "ftyp", 4) && !v->init_ns) v->init_ns = read_ns;
    if (v->head_size == 8 && !memcmp(v->head + 4, "moof", 4)) {
        if (v->count == v->capacity) v->arrivals = realloc(v->arrivals, (v->capacity = v->capacity * 2 + 256) * sizeof *v->arrivals);
        v->arrivals[v->count++] = (struct arrival){socket_ns, read_ns, mark_of(v->tail, v->tail_size)};
    }
    v->head_size = v->tail_size = 0;
}

static void end_frame(struct viewer *v, int64_t socket_ns, int64_t read_ns) {
    int opcode = v->header[0] & 15;
    bool is_final = v->header[0] & 0x80;
    if (opcode == 8) close_viewer(v, true);
    else if (opcode == 9) send_pong(v);
    else if (opcode < 8 && is_final) end_message(v, socket_ns, read_ns);
    v->header_size = v->control_size = 0;
}

/* Takes bytes of a frame header; true when it is whole. */
static bool take_header(struct viewer *v, const uint8_t **p, size_t *size) {
    size_t whole = 2;
    while (*size && v->header_size < whole) {
        v->header[v->header_size++] = *(*p)++;
        --*size;
        if (v->header_size >= 2) whole = (v->header[1] & 127) == 126 ? 4 : (v->header[1] & 127) == 127 ? 10 : 2;
    }
    if (v->header_size < whole) return false;
    v->payload_left = whole == 2 ? v->header[1] & 127 : whole == 4 ? (get32(v->header) & 0xffff) : get32(v->header + 6);
    return true;
}

static void take_payload(struct viewer *v, const uint8_t *p, size_t size) {
    v->payload_left -= size;
    if (v->header[0] & 8) {
        size_t taken = size < sizeof v->control - v->control_size ? size : sizeof v->control - v->control_size;
        memcpy(v->control + v->control_size, p, taken);
        v->control_size += taken;
        return;
    }
    for (size_t i = 0; i < size && v->head_size < sizeof v->head; i++) v->head[v->head_size++] = p[i];
    size_t added = size < MARK_BYTES ? size : MARK_BYTES;
    size_t kept = v->tail_size < MARK_BYTES - added ? v->tail_size : MARK_BYTES - added;
    memmove(v->tail, v->tail + v->tail_size - kept, kept);
    memcpy(v->tail + kept, p + size - added, added);
    v->tail_size = kept + added;
}

static void take_frames(struct viewer *v, const uint8_t *p, size_t size, int64_t socket_ns, int64_t read_ns) {
    while (size && v->state == OPEN) {
        if (!v->payload_left && !take_header(v, &p, &size)) return;
        size_t taken = size < v->payload_left ? size : v->payload_left;
        take_payload(v, p, taken);
        p += taken;
        size -= taken;
        if (!v->payload_left) end_frame(v, socket_ns, read_ns);
    }
}

/* Takes the HTTP answer to the upgrade and returns how many of the bytes belonged to it. */
static size_t take_answer(struct viewer *v, const uint8_t *p, size_t size, int64_t read_ns) {
    size_t before = v->answer_size, taken = size < sizeof v->answer - 1 - before ? size : sizeof v->answer - 1 - before;
    memcpy(v->answer + before, p, taken);
    v->answer[v->answer_size += taken] = 0;
    char *end = strstr(v->answer, "\r\n\r\n");
    if (!end) return taken;
    if (!strncmp(v->answer, "HTTP/1.1 101", 12)) {
        v->state = OPEN;
        v->upgraded_ns = read_ns;
    } else {
        fprintf(stderr, "viewers: %.*s\n", (int)strcspn(v->answer, "\r"), v->answer);
        close_viewer(v, true);
    }
    return end + 4 - v->answer - before;
}

/* The kernel's receive time of the last byte read, on the monotonic clock. */
static int64_t socket_time_ns(struct msghdr *message, int64_t read_ns) {
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
        struct timespec t;
        memcpy(&t, CMSG_DATA(c), sizeof t);
        return read_ns - (clock_ns(CLOCK_REALTIME) - (t.tv_sec * 1000000000LL + t.tv_nsec));
    }
    return read_ns;
}

static void read_viewer(struct viewer *v) {
    ssize_t size = sizeof buffer;
    while (size == sizeof buffer && v->state != CLOSED) {
        char control[128];
        struct iovec part = {buffer, sizeof buffer};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
        size = recvmsg(v->fd, &message, 0);
        int64_t read_ns = now_ns();
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (size <= 0) {
            close_viewer(v, true);
            return;
        }
        size_t answered = v->state == UPGRADING ? take_answer(v, buffer, size, read_ns) : 0;
        take_frames(v, buffer + answered, size - answered, socket_time_ns(&message, read_ns), read_ns);
    }
}

/* The first viewer stops reading at stall_at_s and reads again stall_s later. */
static void stall(int64_t since_start_ns) {
    static bool is_stalled;
    bool should = stall_s > 0 && since_start_ns >= stall_at_s * 1e9 && since_start_ns < (stall_at_s + stall_s) * 1e9;
    if (should == is_stalled || viewers[0].state != OPEN) return;
    poll_for(&viewers[0], should ? EPOLL_CTL_DEL : EPOLL_CTL_ADD, EPOLLIN);
    is_stalled = should;
}

static void leave(int64_t at_ns) {
    for (struct viewer *v = viewers; v < viewers + viewer_count; v++)
        if (v->state == OPEN && v->count && at_ns - v->arrivals[0].read_ns > leave_s * 1e9) close_viewer(v, false);
}

static void run(int64_t start_ns) {
    struct epoll_event events[256];
    int started = 0;
    for (int64_t at_ns; (at_ns = now_ns()) < start_ns + run_s * 1e9;) {
        while (started < viewer_count && viewers[started].start_ns <= at_ns) connect_viewer(&viewers[started++]);
        stall(at_ns - start_ns);
        if (leave_s > 0) leave(at_ns);
        int ready = epoll_wait(poller, events, 256, started < viewer_count ? 1 : 10);
        for (int i = 0; i < ready; i++) {
            struct viewer *v = events[i].data.ptr;
            if (v->state == CONNECTING) send_upgrade(v);
            else if (v->state != CLOSED) read_viewer(v);
        }
    }
}

static void print_all(void) {
    for (int id = 0; id < viewer_count; id++) {
        struct viewer *v = &viewers[id];
        printf("viewer %d %lld %lld %lld %lld\n", id, (long long)v->connect_ns, (long long)v->upgraded_ns, (long long)v->init_ns,
               (long long)v->closed_ns);
        for (struct arrival *a = v->arrivals; a < v->arrivals + v->count; a++)
            printf("frame %d %lld %lld %016llx\n", id, (long long)a->socket_ns, (long long)a->read_ns, (unsigned long long)a->mark);
    }
}

static void parse_options(int argc, char **argv) {
    static const struct option options[] = {
        {"port", 1, 0, 'p'}, {"path", 1, 0, 'P'}, {"viewers", 1, 0, 'n'}, {"ramp", 1, 0, 'r'}, {"run", 1, 0, 't'},
        {"stall-at", 1, 0, 'a'}, {"stall", 1, 0, 's'}, {"leave", 1, 0, 'l'}, {0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'P': path = optarg; break;
        case 'n': viewer_count = atoi(optarg); break;
        case 'r': ramp_s = atof(optarg); break;
        case 't': run_s = atof(optarg); break;
        case 'a': stall_at_s = atof(optarg); break;
        case 's': stall_s = atof(optarg); break;
        case 'l': leave_s = atof(optarg); break;
        default:
            fprintf(stderr, "usage: viewers --port P [--path /PATH] [--viewers N] [--ramp S: all connected after] [--run S]\n"
                            "    [--stall-at S --stall S: the first viewer stops reading] [--leave S: after its first frame]\n");
            exit(2);
    }
}

int main(int argc, char **argv) {
    parse_options(argc, argv);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    poller = epoll_create1(EPOLL_CLOEXEC);
    viewers = calloc(viewer_count, sizeof *viewers);
    int64_t start_ns = now_ns();
    srand(start_ns);
    for (int i = 0; i < viewer_count; i++) /* at a random moment of its slice of the ramp, and so of the group of pictures */
        viewers[i].start_ns = start_ns + (int64_t)(ramp_s * 1e9 * (i + rand() / (RAND_MAX + 1.0)) / viewer_count);
    run(start_ns);
    print_all();
    return 0;
}
