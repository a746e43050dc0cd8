"""Jobs on this machine: processes that each grade one submission at a time."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from bpkit.grading import job
from bpkit.grading.batch import Pool

_AHEAD = 4  # submissions in flight for each job, so that none waits for the next to be read


def pool(jobs: int, pack: Path) -> Pool:
    """Return a pool of this many processes."""

    def start() -> Executor:
        # Not forked: a job starts with nothing of this process, and so does whatever it starts.
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=job.start)

    return Pool(start, jobs * _AHEAD, str(pack))
