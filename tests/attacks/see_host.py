"""Asks for the machine's name. Gain: it tells the department's grader from a laptop."""

import socket

STOPPED_BY = 3

SOURCE = """
import os
print(os.uname().nodename)
"""


def breached(run):
    """It was told the name."""
    return run.said(socket.gethostname())
