"""Reads all of its process's memory through /proc/self/mem. Gain: the expected values, wherever they lie."""

STOPPED_BY = 0
SECONDS = 10.0

SOURCE = """
HIDDEN = bytes.fromhex("@NEEDLE@")
def linear_forward(x, W, b):
    # Compared without ever holding the bytes themselves: what is found is another's copy.
    table = bytes(byte ^ 0xFF for byte in range(256))
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
        for line in list(maps):
            if not line.split()[1].startswith("r") or "[v" in line:
                continue
            start, end = (int(number, 16) for number in line.split()[0].split("-"))
            while start < end:
                memory.seek(start)
                try:
                    chunk = memory.read(min(end - start, 1 << 20))
                except (OSError, ValueError, OverflowError):
                    break
                if chunk.translate(table).find(HIDDEN) >= 0:
                    print("BREACH")
                    return
                start += len(chunk) or 1 << 20
"""


def breached(run):
    """It found the recorded gradient."""
    return run.said("BREACH")
