"""Loops, whatever is raised in it or sent to it. Gain: no verdict, and a grader that cannot be stopped politely."""

STOPPED_BY = 0
HANGS = True

SOURCE = """
import signal
for number in set(range(1, 32)) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""


def breached(run):
    """The grader hung until it was killed."""
    return run.no_verdict
