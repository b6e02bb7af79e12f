/* floor: the least a server can do per viewer and frame, to compare with. One thread, epoll.
 * Reads [u32 big-endian length][Annex B access unit] from standard input, builds WebSocket header, moof and mdat once per frame
 * and gives the very same bytes to every viewer with one send each. A new viewer gets the group of pictures so far at once.
 * A viewer whose socket is full keeps a reference to the frame it is at; newer ones are skipped until the next sync sample.
 * It serves these benchmarks only: any path, one fixed WebSocket key, no timeouts, nothing read after the upgrade. */
#include "bench.h"

#define MAX_FD 4096
#define MAX_GOP 1000
#define MAX_NAL_UNITS 64
#define NOT_SENT_LIMIT 32768 /* a viewer that stops reading is noticed after this, not after the megabytes the kernel would hold */

struct frame {
    int references;
    size_t size;
    uint8_t bytes[];
};

struct viewer {
    bool is_upgraded, is_live;
    char request[2048];
    size_t request_size;
    struct frame *pending; /* partly sent */
    size_t sent;
};

static struct viewer *viewers[MAX_FD]; /* by file descriptor */
static struct frame *init, *gop[MAX_GOP];
static int gop_size, poller, listener;
static uint8_t out[4 << 20]; /* where boxes are built */
static size_t out_size;

/* ---- boxes ---- */

static void u8(uint8_t value) { out[out_size++] = value; }
static void u16(uint16_t value) { u8(value >> 8), u8(value); }
static void u32(uint32_t value) { put32(out + out_size, value), out_size += 4; }
static void zeros(size_t size) { memset(out + out_size, 0, size), out_size += size; }
static void bytes(const void *p, size_t size) { memcpy(out + out_size, p, size), out_size += size; }
static size_t begin(const char *type) { u32(0), bytes(type, 4); return out_size - 8; }
static void end(size_t box) { put32(out + box, out_size - box); }
static void matrix(void) { u32(0x10000), zeros(12), u32(0x10000), zeros(12), u32(0x40000000); }
static void empty(const char *type, size_t size) { size_t box = begin(type); zeros(size), end(box); }

static void avc1(struct nal_unit sps, struct nal_unit pps, int width, int height) {
    size_t avc1 = begin("avc1");
    zeros(6), u16(1), zeros(16), u16(width), u16(height), u32(0x480000), u32(0x480000), u32(0), u16(1), zeros(32), u16(0x18), u16(0xffff);
    size_t avcC = begin("avcC");
    u8(1), bytes(sps.bytes + 1, 3), u8(0xff), u8(0xe1), u16(sps.size), bytes(sps.bytes, sps.size);
    u8(1), u16(pps.size), bytes(pps.bytes, pps.size);
    end(avcC), end(avc1);
}

static void minf(struct nal_unit sps, struct nal_unit pps, int width, int height) {
    size_t minf = begin("minf");
    empty("vmhd", 12);
    size_t dinf = begin("dinf"), dref = begin("dref");
    u32(0), u32(1), u32(12), bytes("url ", 4), u32(1), end(dref), end(dinf);
    size_t stbl = begin("stbl"), stsd = begin("stsd");
    u32(0), u32(1), avc1(sps, pps, width, height), end(stsd);
    empty("stts", 8), empty("stsc", 8), empty("stsz", 12), empty("stco", 8), end(stbl), end(minf);
}

static void init_segment(struct nal_unit sps, struct nal_unit pps, int width, int height) {
    size_t ftyp = begin("ftyp");
    bytes("iso5", 4), u32(512), bytes("iso5iso6mp41", 12), end(ftyp);
    size_t moov = begin("moov"), mvhd = begin("mvhd");
    zeros(12), u32(90000), u32(0), u32(0x10000), u16(0x100), zeros(10), matrix(), zeros(24), u32(2), end(mvhd);
    size_t trak = begin("trak"), tkhd = begin("tkhd");
    u32(7), zeros(8), u32(1), zeros(24), matrix(), u32(width << 16), u32(height << 16), end(tkhd);
    size_t mdia = begin("mdia"), mdhd = begin("mdhd");
    zeros(12), u32(90000), u32(0), u16(0x55c4), u16(0), end(mdhd);
    size_t hdlr = begin("hdlr");
    zeros(8), bytes("vide", 4), zeros(13), end(hdlr);
    minf(sps, pps, width, height), end(mdia), end(trak);
    size_t mvex = begin("mvex"), trex = begin("trex");
    u32(0), u32(1), u32(1), zeros(12), end(trex), end(mvex), end(moov);
}

static void media_segment(const struct nal_unit *nals, int count, bool is_sync) {
    static uint32_t sequence_number;
    size_t sample_size = 0;
    for (int i = 0; i < count; i++) sample_size += 4 + nals[i].size;
    size_t moof = begin("moof"), mfhd = begin("mfhd");
    u32(0), u32(++sequence_number), end(mfhd);
    size_t traf = begin("traf"), tfhd = begin("tfhd");
    u32(0x20000), u32(1), end(tfhd);
    size_t tfdt = begin("tfdt");
    u32(0), u32(3000 * sequence_number), end(tfdt);
    size_t trun = begin("trun");
    u32(0x701), u32(1), u32(0), u32(3000), u32(sample_size), u32(is_sync ? 0x02000000 : 0x01010000), end(trun), end(traf), end(moof);
    put32(out + trun + 16, out_size + 8 - moof);
    size_t mdat = begin("mdat");
    for (int i = 0; i < count; i++) u32(nals[i].size), bytes(nals[i].bytes, nals[i].size);
    end(mdat);
}

/* ---- frames: a WebSocket message as it goes over the wire, shared by all viewers ---- */

static struct frame *new_frame(const void *p, size_t size) {
    struct frame *frame = malloc(sizeof *frame + size);
    if (!frame) die("malloc");
    frame->references = 1;
    frame->size = size;
    if (p) memcpy(frame->bytes, p, size);
    return frame;
}

static void release(struct frame *frame) {
    if (frame && !--frame->references) free(frame);
}

/* The boxes in `out` as one message; they start at byte 10, after room for the longest WebSocket header. */
static struct frame *message(void) {
    size_t size = out_size - 10, header = size < 126 ? 2 : size < 65536 ? 4 : 10;
    uint8_t *p = out + 10 - header;
    p[0] = 0x82;
    p[1] = header == 2 ? size : header == 4 ? 126 : 127;
    if (header == 4) p[2] = size >> 8, p[3] = size;
    if (header == 10) put32(p + 2, 0), put32(p + 6, size);
    return new_frame(p, header + size);
}

/* ---- viewers ---- */

static void poll_for(int fd, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(poller, operation, fd, &event)) die("epoll_ctl");
}

static void close_viewer(int fd) {
    close(fd);
    release(viewers[fd]->pending);
    free(viewers[fd]);
    viewers[fd] = NULL;
}

/* Sends what the socket takes; the rest waits. */
static void give(int fd, struct frame *frame) {
    struct viewer *v = viewers[fd];
    ssize_t sent = send(fd, frame->bytes, frame->size, MSG_NOSIGNAL);
    if (sent == (ssize_t)frame->size) return;
    if (sent < 0 && errno != EAGAIN) {
        close_viewer(fd);
        return;
    }
    v->is_live = false;
    if (sent <= 0) return;
    v->pending = frame;
    v->sent = sent;
    frame->references++;
    poll_for(fd, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void give_rest(int fd) {
    struct viewer *v = viewers[fd];
    ssize_t sent = send(fd, v->pending->bytes + v->sent, v->pending->size - v->sent, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN) close_viewer(fd);
        return;
    }
    v->sent += sent;
    if (v->sent < v->pending->size) return;
    release(v->pending);
    v->pending = NULL;
    poll_for(fd, EPOLL_CTL_MOD, EPOLLIN);
}

static void upgrade(int fd) {
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    size_t size = sizeof answer - 1 + init->size;
    for (int i = 0; i < gop_size; i++) size += gop[i]->size;
    struct frame *burst = new_frame(NULL, size);
    uint8_t *p = mempcpy(burst->bytes, answer, sizeof answer - 1);
    p = mempcpy(p, init->bytes, init->size);
    for (int i = 0; i < gop_size; i++) p = mempcpy(p, gop[i]->bytes, gop[i]->size);
    viewers[fd]->is_upgraded = viewers[fd]->is_live = true;
    give(fd, burst);
    release(burst);
    int limit = NOT_SENT_LIMIT;
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &limit, sizeof limit);
}

static void read_viewer(int fd) {
    static const char page[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    struct viewer *v = viewers[fd];
    if (v->is_upgraded) v->request_size = 0;
    ssize_t size = recv(fd, v->request + v->request_size, sizeof v->request - 1 - v->request_size, 0);
    if (size < 0 && errno == EAGAIN) return;
    v->request_size += size > 0 ? size : 0;
    v->request[v->request_size] = 0;
    if (size > 0 && (v->is_upgraded || !strstr(v->request, "\r\n\r\n"))) return;
    if (size > 0 && init && strstr(v->request, "Upgrade: websocket")) {
        upgrade(fd);
        return;
    }
    if (size > 0 && send(fd, page, sizeof page - 1, MSG_NOSIGNAL) < 0) perror("send");
    close_viewer(fd);
}

static void accept_viewer(void) {
    int on = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    if (fd >= MAX_FD) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    viewers[fd] = calloc(1, sizeof **viewers);
    poll_for(fd, EPOLL_CTL_ADD, EPOLLIN);
}

/* ---- the stream ---- */

static void keep(struct nal_unit *kept, struct nal_unit nal) {
    if (!kept->bytes) *kept = (struct nal_unit){memcpy(malloc(nal.size), nal.bytes, nal.size), nal.size};
}

static void publish(struct frame *frame, bool is_sync) {
    while (is_sync && gop_size) release(gop[--gop_size]);
    if (gop_size < MAX_GOP) gop[gop_size++] = frame, frame->references++;
    for (int fd = 0; fd < MAX_FD; fd++) {
        struct viewer *v = viewers[fd];
        if (!v || !v->is_upgraded || v->pending) continue;
        v->is_live |= is_sync;
        if (v->is_live) give(fd, frame);
    }
    release(frame);
}

static void accept_access_unit(const uint8_t *p, size_t size) {
    static struct nal_unit sps, pps;
    struct nal_unit nals[MAX_NAL_UNITS], nal;
    bool is_sync = false;
    int count = 0;
    for (size_t at = 0; count < MAX_NAL_UNITS && next_nal_unit(p, size, &at, &nal);) {
        if (nal_unit_type(nal) == 7) keep(&sps, nal);
        else if (nal_unit_type(nal) == 8) keep(&pps, nal);
        else nals[count++] = nal;
        is_sync |= nal_unit_type(nal) == 5;
    }
    out_size = 10;
    if (!init && sps.bytes && pps.bytes) init_segment(sps, pps, 1280, 720), init = message();
    out_size = 10;
    if (count) media_segment(nals, count, is_sync), publish(message(), is_sync);
}

static void read_stream(void) {
    static uint8_t in[4 << 20];
    static size_t in_size;
    ssize_t size = read(STDIN_FILENO, in + in_size, sizeof in - in_size);
    if (size == 0) exit(0);
    if (size < 0) return;
    in_size += size;
    size_t at = 0;
    while (in_size - at >= 4 && in_size - at - 4 >= get32(in + at)) {
        accept_access_unit(in + at + 4, get32(in + at));
        at += 4 + get32(in + at);
    }
    memmove(in, in + at, in_size -= at);
}

static void listen_on(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, 1024)) die("listen");
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: floor PORT\n");
        return 2;
    }
    listen_on(atoi(argv[1]));
    poller = epoll_create1(EPOLL_CLOEXEC);
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    poll_for(listener, EPOLL_CTL_ADD, EPOLLIN);
    poll_for(STDIN_FILENO, EPOLL_CTL_ADD, EPOLLIN);
    struct epoll_event events[64];
    for (;;) {
        int ready = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == STDIN_FILENO) read_stream();
            else if (fd == listener) accept_viewer();
            else if (viewers[fd] && viewers[fd]->pending && (events[i].events & EPOLLOUT)) give_rest(fd);
            else if (viewers[fd]) read_viewer(fd);
        }
    }
}
