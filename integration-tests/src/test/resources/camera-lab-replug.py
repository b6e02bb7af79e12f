"""Runs in the camera lab's guest: camera-lab-replug.py EXECUTABLE COUNT [ARGUMENTS OF THE CAMERA...].

Starts an emulated webcam and the executable, lets three viewers watch, and COUNT times pulls the cable and plugs it in
elsewhere, each second time so that the camera comes back under another device file. Says why there is no picture in
between, and how long after the return of the device file the last of the viewers had a picture again.
"""
import base64
import os
import socket
import statistics
import sys
import threading
import time

from camera_lab_application import Application, order

VIEWERS, PORTS = 3, 8
executable, count, camera = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


class Viewer(threading.Thread):
    """Watches over a WebSocket, and notes when the last message came and the first after a moment of interest."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_connection(("127.0.0.1", 2020))
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f"GET /video_websocket HTTP/1.1\r\nHost: localhost:2020\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb", buffering=1 << 16)
        while self.stream.readline() != b"\r\n":
            pass
        self.arrivals, self.is_closed = [], False
        self.start()

    def run(self):
        while True:
            head = self.stream.read(2)
            if len(head) < 2 or head[0] & 0xF == 8:
                self.is_closed = True
                return
            size = head[1] & 0x7F
            if size > 125:
                size = int.from_bytes(self.stream.read(2 if size == 126 else 8), "big")
            payload = self.stream.read(size)
            if head[0] & 0xF == 9:                                          # a ping: the masked pong
                self.socket.sendall(bytes([0x8A, 0x80 | size, 0, 0, 0, 0]) + payload)
            elif payload[4:8] == b"moof":
                self.arrivals.append(time.time())

    def first_after(self, moment):
        return next((at for at in self.arrivals[-400:] if at > moment), None)


def replug(number):
    order("unplug", "uvc", *(["--hold"] if number % 2 else []))
    first = application.state("waiting")["reason"]
    gone = application.wait("waiting", lambda: (now := application.status())["state"] == "waiting"
                            and "unplugged" in now["reason"] and now)
    time.sleep(3)       # so long that the stream tries seldom by itself
    order("plug", "uvc", "--port", str(number % PORTS))
    device = application.wait("device", lambda: order("device", "uvc"))
    returned = os.stat(device).st_ctime
    back = [application.wait("picture", lambda: viewer.first_after(returned)) for viewer in viewers]
    ms = round((max(back) - returned) * 1000)
    print(f"at first: {first}", flush=True)
    print(f"replug {number}: {gone['reason']}; {device} back after {ms} ms", flush=True)
    return ms


device = order("start", "uvc", *camera)
application = Application(executable, f"sourceFD: {device}, width: 640, height: 480, framerate: 15")
application.state("playing")
viewers = [Viewer() for _ in range(VIEWERS)]
application.wait("picture", lambda: all(viewer.arrivals for viewer in viewers))
times = [replug(number) for number in range(1, count + 1)]
print(f"back after {statistics.median(times):.0f} ms in the median, {max(times)} ms at the worst of {count}; "
      f"viewers closed: {sum(viewer.is_closed for viewer in viewers)}", flush=True)
application.stop()
