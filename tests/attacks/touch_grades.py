"""Edits the file with the grades. Gain: any grade."""

from arena import GRADES

STOPPED_BY = 1

SOURCE = """
import mmap
with open("@PLACE@/grades.json", "r+b") as file:
    mapped = mmap.mmap(file.fileno(), 0)
    mapped[:] = mapped[:].replace(b'"attacker": 0', b'"attacker": 6')
"""


def breached(run):
    """The grades have changed."""
    return (run.place / "grades.json").read_text() != GRADES
