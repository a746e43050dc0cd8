"""Is nested so deeply that compiling it ends the interpreter; where Python is guarded against it, it takes for ever. Gain: no verdict."""

STOPPED_BY = 0
HANGS = True

SOURCE = """
import sys
sys.setrecursionlimit(1 << 30)
while True:
    try:
        compile("1" + "+1" * (1 << 18), "deep", "eval")
    except BaseException:
        pass
"""


def breached(run):
    """The grader died with it, or hung until it was killed."""
    return run.no_verdict
