"""What udev would do for webcams: links in /dev/v4l/by-id, by the kernel's uevents."""
import glob
import os
import re
import socket

FOLDER = "/dev/v4l/by-id"


class Links:
    def __init__(self):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, 15)    # NETLINK_KOBJECT_UEVENT
        self.socket.bind((0, 1))
        self.made = {}

    def fileno(self):
        return self.socket.fileno()

    def handle(self):
        """Reads one uevent."""
        event = dict(part.split("=", 1) for part in self.socket.recv(8192).decode(errors="replace").split("\0") if "=" in part)
        if event.get("SUBSYSTEM") == "video4linux":
            if event["ACTION"] == "add":
                self.add("/sys" + event["DEVPATH"], event["DEVNAME"])
            elif event["ACTION"] == "remove":
                self.remove(event["DEVNAME"])

    def add(self, sysfs, node):
        usb = os.path.realpath(f"{sysfs}/device/..")
        try:
            text = lambda file: open(file).read().strip()
            names = [text(f"{usb}/{f}") for f in ("manufacturer", "product", "serial")]
            link = f"{FOLDER}/usb-{'_'.join(re.sub('[^0-9A-Za-z#+.:=@_-]', '_', n) for n in names)}-video-index{text(f'{sysfs}/index')}"
        except OSError:
            return                                              # no USB device, or gone already
        os.makedirs(FOLDER, exist_ok=True)
        if os.path.lexists(link):
            os.unlink(link)
        os.symlink(f"../../{node}", link)
        self.made[node] = link

    def remove(self, node):
        link = self.made.pop(node, None)
        if not link:
            return
        if os.path.lexists(link) and link not in self.made.values():
            os.unlink(link)
        for folder in (FOLDER, os.path.dirname(FOLDER)):
            if os.path.isdir(folder) and not os.listdir(folder):
                os.rmdir(folder)

    def remove_all(self):
        for node in list(self.made):
            self.remove(node)

    def nodes(self):
        """The device files of webcams."""
        return ["/dev/" + os.path.basename(d) for d in glob.glob("/sys/class/video4linux/video*")
                if os.path.basename(os.path.realpath(f"{d}/device/driver")) == "uvcvideo"]
