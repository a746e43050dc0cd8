"""A worker where systems cannot fork one: a process of its own from the start, held at level 0.

Requests come on standard input and answers go to standard output; what a student prints goes to standard
error, which the checker captures.
"""

from __future__ import annotations

import os

READY = b"+"  # said once Python and numpy are there


def main() -> None:
    """Move the wire out of the way of prints, and serve it."""
    import numpy as np  # noqa: PLC0415, F401 - before the limits, as a forked worker has it

    from . import serve  # noqa: PLC0415 - wants numpy

    requests, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.chdir("/")
    _limit()
    os.write(answers, READY)
    serve.serve(requests, answers, prints=2)


def _limit() -> None:
    try:
        from . import limits  # noqa: PLC0415 - Windows has none; there the job object holds the limits
    except ImportError:
        return
    limits.apply()
