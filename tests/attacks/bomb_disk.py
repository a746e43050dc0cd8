"""Fills a file. Gain: a full disk, and nobody is graded."""

STOPPED_BY = 0

SOURCE = """
with open("@PLACE@/big", "wb", buffering=0) as file:
    for _ in range(16):
        file.write(bytes(1 << 20))
"""


def breached(run):
    """Megabytes were written."""
    big = run.place / "big"
    return big.exists() and big.stat().st_size > 0
