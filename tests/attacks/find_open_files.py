"""Reads and rewinds whatever files the grader has open. Gain: the answers, where they are kept open."""

STOPPED_BY = 0

SOURCE = '''
import os
for number in range(3, 256):
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if target.endswith(("course.pack", "attack.py", "output")):
        print("BREACH", target)
try:
    if os.readlink("/proc/self/fd/1").endswith("output"):
        print("BREACH")
except OSError:
    pass
'''


def breached(run):
    """A file of the grader's was open to it."""
    return run.said("BREACH")
