"""The launcher of this process's check, started before click and numpy are imported."""

from __future__ import annotations

import os

from bpkit.judging import process
from bpkit.judging.process import Launcher

_started: list[Launcher] = []


def start() -> None:
    """Start it now; `take` hands it over."""
    # The checker multiplies next to nothing, and starting threads for that is a third of numpy's import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _started.append(process.start())


def take() -> Launcher:
    """Return the launcher that was started early, or a new one."""
    return _started.pop() if _started else process.start()
