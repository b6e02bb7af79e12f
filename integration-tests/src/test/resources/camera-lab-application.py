"""Runs in the camera lab's guest: camera-lab-application.py EXECUTABLE CAMERA FRAMES [trouble].

Starts the executable on the guest's camera, waits until its viewer has been sent so many frames, and, if asked to, freezes and
thaws the camera, takes it away and brings it back, each time until the viewer has 150 frames more. Says what happens.
"""
import json
import subprocess
import sys
import time
import urllib.request

executable, camera, frames = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open("/tmp/config.yml", "w") as config:
    config.write("camera: {sourceFD: /dev/video0, framerate: 15}")
server = subprocess.Popen([executable, "-l", "0.0.0.0:2020", "-c", "/tmp"])


def status():
    with urllib.request.urlopen("http://127.0.0.1:2020/api/status", timeout=20) as answer:
        return json.load(answer)["cameras"][0]


def wait(what, is_true):
    for _ in range(600):
        try:
            now = status()
            if is_true(now):
                print(f"{what}: {now['state']}, {now['reason']}; in {now['framesIn']}, sent {now['framesSent']}, "
                      f"lost {now['framesLost']}, dropped {now['framesDropped']}", flush=True)
                return now
        except OSError:
            pass
        time.sleep(0.5)
    sys.exit(f"never: {what}: {status()}")


def order(*words):
    subprocess.run(["camera", *words], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


playing = wait("begun", lambda now: now["framesSent"] >= frames)
if "trouble" in sys.argv:
    order("freeze", camera)
    wait("frozen", lambda now: now["state"] == "stalled")
    order("thaw", camera)
    playing = wait("thawed", lambda now: now["state"] == "playing" and now["framesSent"] >= playing["framesSent"] + 75)
    order("stop", camera)
    wait("gone", lambda now: now["state"] == "waiting")
    order("stop", camera)
    order("start", camera)
    wait("back", lambda now: now["state"] == "playing" and now["framesSent"] >= playing["framesSent"] + 75)
server.terminate()
print(f"ended with {server.wait()}", flush=True)
