"""Jobs on this machine: processes that each grade one submission at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from bpkit.grading import job
from bpkit.grading.batch import Pool

_AHEAD = 4  # submissions in flight for each job, so that none waits for the next to be read
_P = ParamSpec("_P")
_T = TypeVar("_T")


class _Jobs(ProcessPoolExecutor):
    """Starts its processes as work comes. What a terminal's Ctrl-C is to reach is this process only."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        # A process inherits what is blocked: Ctrl-C does not end it with a traceback before `job.start` ignores it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes. cancel_futures: also what is being graded, which may take minutes yet."""
        processes = list((self._processes or {}).values()) if cancel_futures else []
        super().shutdown(wait, cancel_futures=cancel_futures)
        for process in processes:
            process.kill()


def pool(jobs: int, pack: Path) -> Pool:
    """Return a pool of this many processes."""

    def start() -> Executor:
        # Not forked: a job starts with nothing of this process, and so does whatever it starts.
        context = multiprocessing.get_context("spawn")
        return _Jobs(jobs, context, initializer=job.start, initargs=(os.getpid(),))

    return Pool(start, jobs * _AHEAD, str(pack))
