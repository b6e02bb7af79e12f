"""The USB/IP connection between an emulated device and this machine's virtual host controller (vhci-hcd). The device has
request(setup, data), power_off(), streaming, and backlog: payloads for endpoint 1, None for pulling out the cable there."""
import collections
import socket
import struct
import time

from uvcx import Stall

VHCI = "/sys/devices/platform/vhci_hcd.0"
EPIPE, ECONNRESET = 32, 104
FREE, HIGH_SPEED = 4, 3


class PulledOut(Exception):
    """The cable is pulled out at this very moment: what the host has just asked gets no answer."""


class Cable:
    def __init__(self, device, log):
        self.device, self.log, self.sock, self.frozen = device, log, None, False

    def free_port(self, wanted):
        with open(f"{VHCI}/status") as f:                       # hub port sta spd dev sockfd local_busid
            rows = [line.split() for line in f.read().splitlines()[1:]]
        free = [int(r[1]) for r in rows if r[0] == "hs" and int(r[2]) == FREE]
        return next((p for p in free if wanted in (None, p)), None)

    def plug(self, wanted=None):
        if self.sock:
            return
        end = time.monotonic() + 5                              # a port is free a moment after the cable was pulled out
        while (port := self.free_port(wanted)) is None:
            if time.monotonic() > end:
                self.log("no_free_port", port=wanted)
                return
            time.sleep(0.01)
        ours, kernels = socket.socketpair()
        with open(f"{VHCI}/attach", "w") as f:
            f.write(f"{port} {kernels.fileno()} {0x00010002} {HIGH_SPEED}")
        kernels.close()
        self.sock, self.data, self.pending, self.unanswered = ours, b"", collections.OrderedDict(), {}
        self.log("plugged", port=port)

    def unplug(self, why="unplugged"):
        if self.sock:
            self.device.power_off()
            self.sock.close()
            self.sock = None
            self.log(why)

    def receive(self):
        data = self.sock.recv(1 << 20)
        if not data:
            raise ConnectionResetError
        self.data += data
        while len(self.data) >= 48:
            command, seq, _, direction, endpoint = struct.unpack_from(">5I", self.data)
            length, = struct.unpack_from(">i", self.data, 24)
            size = 48 + (length if command == 1 and direction == 0 else 0)
            if len(self.data) < size:
                return
            target, = struct.unpack_from(">I", self.data, 20)           # of an unlink
            setup, payload, self.data = self.data[40:48], self.data[48:size], self.data[size:]
            if command == 1 and endpoint == 0 and self.frozen:
                self.unanswered[seq] = (seq, direction, length, setup, payload)
            elif command == 1 and endpoint == 0:
                self.control(seq, direction, length, setup, payload)
            elif command == 1 and endpoint == 1 and direction == 1:
                self.pending[seq] = length
            elif command == 1:
                self.reply(seq, -EPIPE, 0)
            elif command == 2:
                self.unlink(seq, target)

    def control(self, seq, direction, length, setup, payload):
        try:
            answer = self.device.request(setup, payload)[:length]
            self.reply(seq, 0, len(answer) if direction else length, answer if direction else b"")
        except Stall:
            self.reply(seq, -EPIPE, 0)

    def reply(self, seq, status, actual, data=b""):
        self.sock.sendall(struct.pack(">5Iiiiii8x", 3, seq, 0, 0, 0, status, actual, 0, 0, 0) + data)

    def unlink(self, seq, target):
        known = self.pending.pop(target, None) is not None or self.unanswered.pop(target, None) is not None
        status = -ECONNRESET if known else 0
        self.sock.sendall(struct.pack(">5Ii24x", 4, seq, 0, 0, 0, status))

    def pump(self):
        backlog = self.device.backlog if self.device.streaming and not self.frozen else ()
        while backlog and self.pending:
            seq, _ = self.pending.popitem(last=False)
            payload = backlog.popleft()
            if payload is None:
                raise PulledOut("dqbuf")
            self.reply(seq, 0, len(payload), payload)

    def freeze(self, frozen):
        self.frozen = frozen
        while self.sock and self.unanswered and not self.frozen:
            self.control(*self.unanswered.pop(next(iter(self.unanswered))))
