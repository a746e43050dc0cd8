"""Starts another program. Gain: everything that the grader's user may do, with none of Python's limits."""

STOPPED_BY = 1

SOURCE = """
import subprocess
print(subprocess.run(["/bin/sh", "-c", "echo BREA''CH"], capture_output=True, text=True).stdout)
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
