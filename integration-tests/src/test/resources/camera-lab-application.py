"""Runs in the camera lab's guest: camera-lab-application.py EXECUTABLE CAMERA FRAMES [trouble].

Starts the executable on the guest's camera and waits until its viewer has been sent so many frames in a row of which the camera
lost none; an emulated machine that is held up gets another try. Then, if asked to, freezes and thaws the camera, takes it away
and brings it back, each time until the viewer has 75 frames more. Says what happens.
"""
import sys

from camera_lab_application import Application, order

TRIES = 6
executable, camera, frames = sys.argv[1], sys.argv[2], int(sys.argv[3])
application = Application(executable, "sourceFD: /dev/video0, framerate: 15")


def lost(now):
    return now["framesLost"] + now["framesDropped"]


def run_without_loss():
    """The first of the frames sent in it, counted from 0, and the one after the last."""
    sent = 0
    for _ in range(TRIES):
        begun = application.wait("frames", lambda: (now := application.status())["framesSent"] > sent and now)
        end = begun["framesSent"] + frames

        def is_over():
            now = application.status()
            return now if lost(now) > lost(begun) or now["framesSent"] >= end else None
        now = application.wait("frames", is_over, 600)
        if lost(now) == lost(begun):
            return begun["framesSent"], end
        print(f"lost {lost(now) - lost(begun)} of {now['framesIn'] - begun['framesIn']}; once more", flush=True)
        sent = now["framesSent"] + 15       # what follows the lost frame counts as lost up to the next key frame
    application.fail(f"no {frames} frames in a row without loss")


def sent_more(than, what):
    now = application.wait(what, lambda: (now := application.status())["state"] == "playing"
                           and now["framesSent"] >= than["framesSent"] + 75 and now)
    print(f"{what}: {now['state']}, {now['reason']}", flush=True)
    return now


first, end = run_without_loss()
print(f"no loss: frames {first} to {end}", flush=True)
if "trouble" in sys.argv:
    playing = application.status()
    order("freeze", camera)
    print(f"frozen: {application.state('stalled')['state']}", flush=True)
    order("thaw", camera)
    playing = sent_more(playing, "thawed")
    order("stop", camera)
    print(f"gone: {application.state('waiting')['reason']}", flush=True)
    order("stop", camera)
    order("start", camera)
    sent_more(playing, "back")
application.stop()
