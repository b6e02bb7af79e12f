"""The executable in the camera lab's guest, for the scripts beside this one."""
import glob
import json
import os
import subprocess
import sys
import time
import urllib.request


class Application:
    """Starts the executable with a camera section of config.yml; says what happens, and on failure what hangs where."""

    def __init__(self, executable, camera):
        with open("/tmp/config.yml", "w") as config:
            config.write(f"camera: {{{camera}}}")
        self.process = subprocess.Popen([executable, "-l", "0.0.0.0:2020", "-c", "/tmp"])

    def status(self):
        with urllib.request.urlopen("http://127.0.0.1:2020/api/status", timeout=20) as answer:
            return json.load(answer)["cameras"][0]

    def wait(self, what, give, seconds=120):
        """Waits until give() gives something that is true, and returns it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = give()
                if found:
                    return found
            except (OSError, LookupError, ValueError):       # not there yet
                pass
            time.sleep(0.02)
        self.fail(f"never: {what}")

    def state(self, state, seconds=120):
        """Waits for a state of the camera, and returns the whole status."""
        return self.wait(state, lambda: (now := self.status())["state"] == state and now, seconds)

    def fail(self, what):
        self.tell_where_it_hangs()
        try:
            what += f": {self.status()}"
        except (OSError, LookupError, ValueError) as e:
            what += f": {e}"
        sys.exit(what)

    def tell_where_it_hangs(self):
        for task in glob.glob(f"/proc/{self.process.pid}/task/*"):
            with open(f"{task}/comm") as comm, open(f"{task}/stack") as stack:
                name, calls = comm.read().strip(), stack.read()
            if name.startswith(("capture", "device watch")):
                print(f"thread {name}:\n{calls}", flush=True)
        for command in (["tail", "-n", "40", "/run/camera-lab/uvc.log"], ["cat", "/run/camera-lab/uvc.out"], ["dmesg"]):
            words = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
            print("\n".join([f"{os.path.basename(command[-1])}:"] + words.splitlines()[-40:]), flush=True)

    def stop(self):
        self.process.terminate()
        print(f"ended with {self.process.wait()}", flush=True)


def order(*words):
    """Has the lab's cameras do something. Returns what it prints."""
    done = subprocess.run(["camera", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode and words[0] != "device":      # which says by it that there is none
        print(f"camera {' '.join(words)}: {done.returncode} {done.stdout}", flush=True)
    return done.stdout.strip()
