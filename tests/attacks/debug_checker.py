"""Writes into the checker's memory: wrong values over the recorded ones. Gain: its own wrong answer is right, others fail."""

STOPPED_BY = 1
NEEDS = "ptrace"
SECONDS = 20.0

SOURCE = """
import os
HIDDEN = bytes.fromhex("@NEEDLE@")
TABLE = bytes(byte ^ 0xFF for byte in range(256))

def grandparent():
    with open(f"/proc/{os.getppid()}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])

checker = grandparent()
with open(f"/proc/{checker}/maps") as maps, open(f"/proc/{checker}/mem", "r+b", buffering=0) as memory:
    for line in list(maps):
        if not line.split()[1].startswith("rw") or "[v" in line:
            continue
        start, end = (int(number, 16) for number in line.split()[0].split("-"))
        memory.seek(start)
        try:
            content = memory.read(end - start).translate(TABLE)
        except OSError:
            continue
        at = content.find(HIDDEN)
        while at >= 0:
            memory.seek(start + at)
            memory.write(bytes(64))
            at = content.find(HIDDEN, at + 1)
"""


def breached(run):
    """The honest submission after it has lost points."""
    return run.graded[-1].points < 6
